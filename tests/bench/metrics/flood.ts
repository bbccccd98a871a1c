import type { Figure, Metric } from '../definitions.ts';
import { ratios, tenths } from '../percentiles.ts';
import { press } from '../stage/probe.ts';
import { bothTerminals } from '../stage/terminals.ts';

const BYTES = 100_000_000;
const LINE = 'yes 0123456789012345678901234567890123456789012345678901234567890123456789';
const WITHIN_MS = 10 * 60_000;

export const flood: Metric = {
  name: 'flood',
  what: '100 MB of output, from Enter to the last of it drawn',
  needs: ['lab', 'browser', 'plain'],
  withinMs: 25 * 60_000,
  async measure({ stage, say, size }) {
    const figures: Figure[] = [];
    const bytes = size(BYTES);
    for await (const [name, { page, shows }] of bothTerminals(stage)) {
      await page.keyboard.type(`${LINE} | head -c ${bytes}; echo "end-$((40 + 2))"`);
      const began = performance.now();
      const { arrived } = await press(page, 'Enter', { marker: 'end-42', withinMs: WITHIN_MS });
      await shows('end-42', WITHIN_MS);
      const drawn = performance.now() - began;
      const here: Figure[] = [
        { name: `${name}, all arrived`, value: tenths(arrived / 1000), unit: 's' },
        { name: `${name}, all drawn`, value: tenths(drawn / 1000), unit: 's' },
        { name: `${name}, rate`, value: tenths(bytes / 1000 / drawn), unit: 'MB/s' },
      ];
      say(`${name}: ${tenths(drawn / 1000)} s`);
      figures.push(...here);
    }
    return [...figures, ...ratios(figures, 'escale', 'plain').filter(({ name }) => !name.endsWith('rate'))];
  },
};
