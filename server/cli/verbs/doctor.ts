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
    // 69 (unavailable) if labs cannot run on this machine. Checks with an unknown result do not count.
    return { exit: report.ok ? 0 : 69, document: report, text: doctorText(report) };
  },
};

/** All checks, then what to fix. */
function doctorText({ items, toMend, ok }: DoctorReport): string {
  const seen = items.map(({ state, title, observed }) => `${MARKS[state]} ${title.padEnd(28)} ${observed}`);
  const verdict = ok ? 'Les labos peuvent tourner ici.' : 'Les labos ne peuvent pas tourner ici tant que les ✗ restent.';
  const mends = toMend
    .flatMap((id) => items.filter((item) => item.id === id))
    .map(({ title, mend }, index) => `${index + 1}. ${title}. ${mend}`);
  return [...seen, '', verdict, ...(mends.length === 0 ? [] : ['À réparer, par ordre de gain :', ...mends])].join('\n');
}
