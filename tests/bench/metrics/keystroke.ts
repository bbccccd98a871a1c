import type { Page } from '@playwright/test';
import type { Figures, Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const KEYS = 200;
const SHARES = [0.5, 0.99];

export const keystroke: Metric = {
  name: 'keystroke',
  what: 'a key to its echo through browser, server, agent and shell, alone and beside a shell that prints without pause; ms',
  async measure(stage, say) {
    const figures: Record<string, Figures> = {};
    for await (const [name, { page, beside }] of bothTerminals(stage)) {
      const idle = await echoes(page);
      say(`${name}, alone: ${JSON.stringify(idle)}`);
      await beside('yes 0123456789012345678901234567890123456789012345678901234567890123456789');
      await page.waitForTimeout(2000);
      const flooded = await echoes(page);
      say(`${name}, beside a flood: ${JSON.stringify(flooded)}`);
      figures[name] = { idle, flooded };
    }
    return figures;
  },
};

async function echoes(page: Page): Promise<Figures> {
  const arrived: number[] = [];
  const drawn: number[] = [];
  for (let key = 0; key < KEYS; key += 1) {
    // A line never grows so long that it wraps.
    const echo = await press(page, key % 40 === 39 ? 'Control+u' : 'x');
    arrived.push(echo.arrived);
    drawn.push(echo.drawn);
  }
  return { arrived: percentiles(arrived, SHARES), drawn: percentiles(drawn, SHARES) };
}
