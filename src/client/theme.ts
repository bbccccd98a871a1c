import { announce } from './announce.ts';
import { remember } from './memory.ts';

/** Event on the document: the page's colours have changed, for components that draw by themselves. */
export const THEME_CHANGED = 'escale:theme';

const dark = matchMedia('(prefers-color-scheme: dark)');

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === undefined ? dark.matches : theme === 'dark';
}

function changed(): void {
  document.dispatchEvent(new CustomEvent(THEME_CHANGED));
}

export function toggleTheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  remember({ theme });
  changed();
  announce(theme === 'dark' ? 'Thème sombre' : 'Thème clair');
}

export function followSystemTheme(): void {
  dark.addEventListener('change', changed);
}
