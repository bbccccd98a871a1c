import { openBench } from './bench-door.ts';
import { revealLab, show, shown } from './layout.ts';
import { addPane } from './panes.ts';

/** Registers the panes of every lesson page: lesson, terminal, status bar. */
export function addPagePanes(): void {
  addPane({
    id: 'lesson',
    name: () => 'Leçon',
    element: () => document.querySelector('.lesson'),
    enter: (last) => {
      if (shown() === 'lab') show(matchMedia('(min-width: 1100px)').matches ? 'both' : 'lesson');
      (last ?? document.querySelector<HTMLElement>('.lesson-scroll'))?.focus();
    },
  });
  addPane({
    id: 'terminal',
    name: () => 'Terminal',
    element: () => document.getElementById('labo'),
    enter: enterTerminal,
  });
  const status = document.querySelector<HTMLElement>('footer.status');
  addPane({
    id: 'status',
    name: () => `État du labo\u202f: ${status?.querySelector('escale-status')?.textContent ?? 'inconnu'}`,
    element: () => (status?.checkVisibility() ? status : undefined),
    enter: (last) => (last ?? status)?.focus(),
  });
}

export async function enterTerminal(): Promise<void> {
  revealLab();
  (await openBench()).focusTerminal();
}
