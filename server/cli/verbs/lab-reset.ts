import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';
import { sayChanges } from '../say-changes.ts';

export const labReset: Verb = {
  name: 'lab reset',
  usage: '<labo>',
  summary: 'Archive le projet, vide le moteur du labo et remet le projet de départ.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
    const lab = labArg(positionals[0]);
    const { archive } = await (await context.control()).labs.reset(lab, {
      onChange: sayChanges(context.say),
      signal: context.signal,
    });
    const kept =
      archive === null ? 'Il n’y avait rien à archiver.' : `L’ancien projet est dans ${archive} ; « escale lab restore ${lab} » le rend.`;
    return { exit: 0, document: { lab, archive }, text: `Le labo ${lab} est revenu au départ. ${kept}` };
  },
};
