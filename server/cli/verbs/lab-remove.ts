import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';

export const labRemove: Verb = {
  name: 'lab remove',
  usage: '<labo>',
  summary: 'Supprime un labo : conteneur, réseau et volumes.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
    const lab = labArg(positionals[0]);
    await (await context.control()).labs.remove(lab, context.signal);
    return { exit: 0, document: { lab, removed: true }, text: `Le labo ${lab} est supprimé.` };
  },
};
