import type { Figure, Metric } from '../definitions.ts';
import { percentiles, ratios } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const TIMES = 10;
const WITHIN_MS = 120_000;
/** For Escale; the plain terminal is there to compare. */
const ARRIVED = { atMost: 2000 };

export const interrupt: Metric = {
  name: 'interrupt',
  what: '^C under a flood, from the key to the prompt',
  needs: ['lab', 'browser', 'plain'],
  withinMs: 15 * 60_000,
  async measure({ stage, say, size }) {
    const figures: Figure[] = [];
    for await (const [name, { page }] of bothTerminals(stage)) {
      const arrived: number[] = [];
      const drawn: number[] = [];
      for (let time = 0; time < size(TIMES); time += 1) {
        await page.keyboard.type('yes 0123456789012345678901234567890123456789012345678901234567890123456789');
        await page.keyboard.press('Enter');
        await page.waitForTimeout(2000);
        const echo = await press(page, 'Control+c', { marker: '$ ', withinMs: WITHIN_MS });
        arrived.push(echo.arrived);
        drawn.push(echo.drawn);
      }
      say(`${name}: ${drawn.map(Math.round).join(', ')} ms`);
      figures.push(
        ...percentiles(`${name}, prompt arrived`, arrived, [0.5, 0.95], name === 'escale' ? ARRIVED : undefined),
        ...percentiles(`${name}, prompt drawn`, drawn, [0.5, 0.95]),
      );
    }
    return [...figures, ...ratios(figures, 'escale', 'plain')];
  },
};
