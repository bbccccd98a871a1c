import { EscaleError } from '../../errors/escale-error.ts';
import type { LabControl } from '../../labs/service/definitions.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';
import { sayChanges } from '../say-changes.ts';

export const labRestore: Verb = {
  name: 'lab restore',
  usage: '<labo> [<archive>]',
  summary: 'Rend un projet archivé, le plus récent sans autre précision ; celui qui est là est archivé d’abord.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 1, max: 2 });
    const lab = labArg(positionals[0]);
    const { labs } = await context.control();
    const restored = positionals[1] ?? (await newest(labs, lab));
    const { archive } = await labs.restore(lab, restored, { onChange: sayChanges(context.say), signal: context.signal });
    const kept = archive === null ? 'Il n’y avait rien à archiver avant.' : `Celui qui était là est dans ${archive}.`;
    return { exit: 0, document: { lab, restored, archive }, text: `Le projet de ${restored} est rendu au labo ${lab}. ${kept}` };
  },
};

async function newest(labs: LabControl, lab: string): Promise<string> {
  const name = (await labs.archives(lab)).archives[0]?.name;
  if (name !== undefined) return name;
  throw new EscaleError('not-found', 'lab.no-archive', {
    message: `Le labo « ${lab} » n’a aucun projet archivé.`,
    hint: 'Un projet est archivé quand il est remplacé : à une remise à zéro, ou avant l’état d’une tâche.',
  });
}
