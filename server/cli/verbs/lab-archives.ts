import type { ArchiveCause } from '../../../contract/lab.ts';
import { mebibytes } from '../../units.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';

const CAUSES: Record<ArchiveCause, string> = {
  reset: 'avant une remise à zéro',
  state: 'avant l’état d’une tâche',
  restore: 'avant qu’une archive soit rendue',
};

export const labArchives: Verb = {
  name: 'lab archives',
  usage: '<labo>',
  summary: 'Liste les projets archivés du labo, le plus récent d’abord.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 1 });
    const lab = labArg(positionals[0]);
    const { folder, archives } = await (await context.control()).labs.archives(lab);
    const lines = archives.map(({ name, bytes, cause }) => `${name} (${mebibytes(bytes)}, ${CAUSES[cause]})`);
    const text = lines.length === 0 ? 'Aucun projet n’est archivé.' : [`Dans ${folder} :`, ...lines].join('\n');
    return { exit: 0, document: { lab, folder, archives }, text };
  },
};
