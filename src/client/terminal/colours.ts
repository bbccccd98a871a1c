import type { ITheme } from '@xterm/xterm';

/** The design token of each terminal colour. Bright colours use the same tokens, and differ by weight. */
export const TERMINAL_TOKENS = {
  background: '--well',
  foreground: '--ink',
  cursor: '--ink',
  cursorAccent: '--well',
  selectionBackground: '--sea-tint-2',
  black: '--ink',
  red: '--term-red',
  green: '--term-green',
  yellow: '--term-yellow',
  blue: '--term-blue',
  magenta: '--term-magenta',
  cyan: '--term-cyan',
  white: '--ink-2',
  brightBlack: '--term-dim',
  brightRed: '--term-red',
  brightGreen: '--term-green',
  brightYellow: '--term-yellow',
  brightBlue: '--term-blue',
  brightMagenta: '--term-magenta',
  brightCyan: '--term-cyan',
  brightWhite: '--ink',
  scrollbarSliderBackground: '--rule-strong',
  scrollbarSliderHoverBackground: '--ink-3',
  scrollbarSliderActiveBackground: '--ink-3',
} as const satisfies ITheme;

/**
 * The contrast that xterm holds between a letter and its cell, in reverse video and on coloured cells too, by moving the letter towards black
 * or white. Each colour of the palette leaves room for that.
 */
export const MINIMUM_CONTRAST = 7;

/** The terminal's colours from the current design tokens, in a format that xterm parses. */
export function terminalColours(host: HTMLElement): ITheme {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  host.append(probe);
  const colours = Object.fromEntries(
    Object.entries(TERMINAL_TOKENS).map(([role, token]) => {
      probe.style.color = `var(${token})`;
      return [role, hex(pen, getComputedStyle(probe).color)];
    }),
  );
  probe.remove();
  return colours;
}

function hex(pen: CanvasRenderingContext2D | null, colour: string): string {
  if (pen === null) return '#808080';
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = pen.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
