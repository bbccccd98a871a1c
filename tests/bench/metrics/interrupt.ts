import type { Figures, Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const TIMES = 5;

export const interrupt: Metric = {
  name: 'interrupt',
  what: '^C under a flood, from the key to the prompt; ms',
  async measure(stage, say) {
    const figures: Record<string, Figures> = {};
    for await (const [name, { page }] of bothTerminals(stage)) {
      const arrived: number[] = [];
      const drawn: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        await page.keyboard.type('yes 0123456789012345678901234567890123456789012345678901234567890123456789');
        await page.keyboard.press('Enter');
        await page.waitForTimeout(2000);
        const echo = await press(page, 'Control+c', { marker: '$ ', withinMs: 60_000 });
        arrived.push(echo.arrived);
        drawn.push(echo.drawn);
      }
      figures[name] = { arrived: percentiles(arrived, [0.5]), drawn: percentiles(drawn, [0.5]) };
      say(`${name}: ${JSON.stringify(figures[name])}`);
    }
    return figures;
  },
};
