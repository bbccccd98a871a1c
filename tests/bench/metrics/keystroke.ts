import type { Page } from '@playwright/test';
import type { Figure, Metric } from '../definitions.ts';
import { percentiles, ratios } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const KEYS = 200;
const SHARES = [0.5, 0.99];
const WITHIN_MS = 60_000;
/** Keys per line, few enough that the line never wraps. */
const LINE_KEYS = 40;

export const keystroke: Metric = {
  name: 'keystroke',
  what: 'a key to its echo through browser, server, agent and shell, alone and beside a shell that prints without pause',
  needs: ['lab', 'browser', 'plain'],
  withinMs: 25 * 60_000,
  async measure({ stage, say, size }) {
    const figures: Figure[] = [];
    for await (const [name, { page, beside }] of bothTerminals(stage)) {
      figures.push(...(await echoes(page, size(KEYS), `${name}, alone`)));
      say(`${name}, alone: done`);
      await beside('yes 0123456789012345678901234567890123456789012345678901234567890123456789');
      await page.waitForTimeout(2000);
      figures.push(...(await echoes(page, size(KEYS), `${name}, beside a flood`)));
      say(`${name}, beside a flood: done`);
    }
    return [...figures, ...ratios(figures, 'escale', 'plain')];
  },
};

async function echoes(page: Page, keys: number, name: string): Promise<Figure[]> {
  const arrived: number[] = [];
  const drawn: number[] = [];
  for (let key = 1; key <= keys; key += 1) {
    const echo = await press(page, key % LINE_KEYS === 0 ? 'Control+u' : 'x', { withinMs: WITHIN_MS });
    arrived.push(echo.arrived);
    drawn.push(echo.drawn);
  }
  return [...percentiles(`${name}: arrived`, arrived, SHARES), ...percentiles(`${name}: drawn`, drawn, SHARES)];
}
