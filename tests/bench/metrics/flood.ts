import type { Figures, Metric } from '../definitions.ts';
import { tenths } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const BYTES = 100_000_000;
const LINE = `yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c ${BYTES}; echo "end-$((40 + 2))"`;

export const flood: Metric = {
  name: 'flood',
  what: '100 MB of output, from Enter to the last of it drawn; s',
  async measure(stage, say) {
    const figures: Record<string, Figures> = {};
    for await (const [name, { page, text }] of bothTerminals(stage)) {
      await page.keyboard.type(LINE);
      const began = performance.now();
      const { arrived } = await press(page, 'Enter', { marker: 'end-42', withinMs: 240_000 });
      while (!(await text()).includes('end-42')) await page.waitForTimeout(20);
      const drawn = performance.now() - began;
      figures[name] = { arrivedS: tenths(arrived / 1000), drawnS: tenths(drawn / 1000), megabytesPerSecond: tenths(BYTES / 1000 / drawn) };
      say(`${name}: ${JSON.stringify(figures[name])}`);
    }
    return figures;
  },
};
