import type { WorkshopAction, WorkshopStatus } from '../../../contract/workshop.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';

const FAULT = { fault: { type: 'string' } } as const;

export const workshopStart: Verb = {
  ...acting('start', 'Copie la pile du labo dans ~/atelier, y met une panne tirée au sort, et prouve qu’elle se voit.'),
  usage: '<labo> [--fault PANNE]',
  async run(args, context) {
    const { positionals, values } = readArgs(args, FAULT, { min: 1, max: 1 });
    const lab = labArg(positionals[0]);
    const status = await (await context.control()).workshops.act(lab, 'start', { fault: values.fault, signal: context.signal });
    return { exit: 0, document: { lab, ...status }, text: statusText(status) };
  },
};

export const workshopStatus: Verb = {
  name: 'workshop status',
  usage: '<labo>',
  summary: 'Dit si l’atelier est ouvert, ce que l’on y voit, et le dernier verdict.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
    const control = await context.control();
    const { lab } = await control.labs.status(labArg(positionals[0]));
    const status = await control.workshops.status(lab);
    return { exit: 0, document: { lab, ...status }, text: statusText(status) };
  },
};

export const workshopCheck = acting('check', 'Redémarre la copie et juge la réparation : le symptôme, sa cause, et que rien n’est perdu.');
export const workshopRestore = acting('restore', 'Refait la copie avec la même panne.');
export const workshopLeave = acting('leave', 'Ferme l’atelier : efface la copie et ce qui va avec.');

function acting(action: WorkshopAction, summary: string): Verb {
  return {
    name: `workshop ${action}`,
    usage: '<labo>',
    summary,
    async run(args, context) {
      const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
      const lab = labArg(positionals[0]);
      const status = await (await context.control()).workshops.act(lab, action, { signal: context.signal });
      const refused = action === 'check' && status.verdict?.verdict === 'not-met';
      return { exit: refused ? 1 : 0, document: { lab, ...status }, text: statusText(status) };
    },
  };
}

function statusText({ state, folder, fault, verdict, mended, of }: WorkshopStatus): string {
  if (fault === undefined) return `L’atelier est fermé. Pannes réparées : ${mended.length} sur ${of}.`;
  if (state === 'mended') return `Réparé, preuve faite. ${fault.cause ?? ''}`;
  const lines = [`L’atelier est ouvert dans ${folder}.`, fault.symptom];
  if (verdict?.verdict === 'not-met') {
    const { expected, observed, look } = verdict.diagnosis;
    lines.push(`  attendu  ${expected}`, `  observé  ${observed}`, `  piste    ${look}`);
  }
  return lines.join('\n');
}
