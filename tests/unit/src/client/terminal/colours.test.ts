import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MINIMUM_CONTRAST, TERMINAL_TOKENS } from '../../../../../src/client/terminal/colours.ts';
import { contrast, lightOfRgb, readTokens } from '../../../../support/contrast.ts';

const css = readFileSync(new URL('../../../../../src/styles/tokens.css', import.meta.url), 'utf8');
const BLACK = lightOfRgb('rgb(0, 0, 0)');
const WHITE = lightOfRgb('rgb(255, 255, 255)');
const PALETTE = Object.entries(TERMINAL_TOKENS).filter(([role]) =>
  /^(foreground|(bright)?(black|red|green|yellow|blue|magenta|cyan|white))$/i.test(role),
);

it('contrast is computed as WCAG does', () => {
  expect(contrast(BLACK, WHITE)).toBeCloseTo(21, 5);
  expect(contrast(lightOfRgb('rgb(118, 118, 118)'), WHITE)).toBeCloseTo(4.54, 2);
  const token = readTokens('  --a: oklch(0.6279 0.2577 29.23);\n  --b: light-dark(var(--a), oklch(1 0 0));\n', 'light');
  expect(contrast(token('--b'), WHITE)).toBeCloseTo(contrast(lightOfRgb('rgb(255, 0, 0)'), WHITE), 1);
});

describe.each(['light', 'dark'] as const)('the terminal’s colours, %s', (theme) => {
  const token = readTokens(css, theme);
  const cell = token(TERMINAL_TOKENS.background);

  it.each(PALETTE)('%s has 7:1 on the background, and so in reverse video', (_role, name) => {
    expect(contrast(token(name), cell)).toBeGreaterThanOrEqual(7);
  });

  it.each([...PALETTE, ['selectionBackground', TERMINAL_TOKENS.selectionBackground] as const])(
    '%s as the colour of a cell lets a letter reach the contrast that xterm holds',
    (_role, name) => {
      expect(Math.max(contrast(token(name), BLACK), contrast(token(name), WHITE))).toBeGreaterThanOrEqual(MINIMUM_CONTRAST);
    },
  );

  it('shows the cursor and the letter in it', () => {
    expect(contrast(token(TERMINAL_TOKENS.cursor), cell)).toBeGreaterThanOrEqual(7);
    expect(contrast(token(TERMINAL_TOKENS.cursorAccent), token(TERMINAL_TOKENS.cursor))).toBeGreaterThanOrEqual(7);
  });
});
