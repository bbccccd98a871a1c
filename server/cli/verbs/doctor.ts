import type { DoctorItem, DoctorReport } from '../../doctor/definitions.ts';
import { lookAround } from '../../doctor/look-around.ts';
import { runDoctor } from '../../doctor/run-doctor.ts';
import type { Verb } from '../definitions.ts';
import { readArgs } from '../read-args.ts';

const MARKS: Record<DoctorItem['state'], string> = { ok: '✓', warning: '!', problem: '✗', unknown: '?' };

export const doctor: Verb = {
  name: 'doctor',
  usage: '',
  summary: 'Ce que cette machine permet, et comment réparer ce qui manque.',
  async run(args, context) {
    readArgs(args, {}, { min: 0, max: 0 });
    const report = await runDoctor(await lookAround(context.environment, context.stateDir));
    // A machine on which labs cannot run is unavailable; what could not be looked at decides nothing.
    return { exit: report.ok ? 0 : 69, document: report, text: doctorText(report) };
  },
};

function doctorText({ items, ok }: DoctorReport): string {
  const lines = items.map(({ state, title, observed, mend }) => {
    const line = `${MARKS[state]} ${title.padEnd(26)} ${observed}`;
    return mend === undefined ? line : `${line}\n    → ${mend}`;
  });
  return [...lines, ok ? 'Les labos peuvent tourner ici.' : 'Les labos ne peuvent pas tourner ici tant que les ✗ restent.'].join('\n');
}
