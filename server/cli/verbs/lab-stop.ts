import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';

export const labStop: Verb = {
  name: 'lab stop',
  usage: '<labo>',
  summary: 'Arrête un labo ; ses fichiers, ses images et ses volumes restent.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
    const lab = labArg(positionals[0]);
    const document = await (await context.control()).labs.stop(lab, context.signal);
    return { exit: 0, document, text: `Le labo ${lab} est arrêté ; tout y est gardé.` };
  },
};
