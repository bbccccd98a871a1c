import type { Verb } from '../definitions.ts';
import { readArgs } from '../read-args.ts';
import { labLine } from '../texts.ts';

export const labList: Verb = {
  name: 'lab list',
  usage: '',
  summary: 'Les labos de ce dossier d’état.',
  async run(args, context) {
    readArgs(args, {}, { min: 0, max: 0 });
    const labs = await (await context.control()).labs.list();
    return { exit: 0, document: { labs }, text: labs.length === 0 ? 'Aucun labo.' : labs.map(labLine).join('\n') };
  },
};
