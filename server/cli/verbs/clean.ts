import { createInterface } from 'node:readline/promises';
import { EscaleError } from '../../errors/escale-error.ts';
import { engineAddresses, findHostEngine } from '../../host/host-engine.ts';
import { openStateFolder } from '../../state/state-folder.ts';
import { type StateLock, tryLockState } from '../../state/state-lock.ts';
import { findLeftovers, listText } from '../clean/leftovers.ts';
import { removeObjects, removeStateFolder } from '../clean/remove-leftovers.ts';
import type { CliIo, Verb } from '../definitions.ts';
import { readArgs } from '../read-args.ts';

export const clean: Verb = {
  name: 'clean',
  usage: '[--yes]',
  summary: 'Liste puis supprime tout ce qu’Escale a créé sur cette machine ; avec --state, ce dossier d’état seulement.',
  async run(args, { environment, io, signal, stateDir, stateNamed, say }) {
    const { values } = readArgs(args, { yes: { type: 'boolean' } }, { min: 0, max: 0 });
    const docker = (await findHostEngine(engineAddresses(environment)))?.docker ?? null;
    const leftovers = await findLeftovers(docker, { only: stateNamed ? stateDir : null, stateDir });
    say(listText(leftovers));
    if (!values.yes && !(await agreed(io))) return { exit: 0, document: { removed: [], folders: [] }, text: 'Rien n’a été supprimé.' };
    const locks = lockAll(leftovers.folders);
    try {
      if (docker !== null) await removeObjects(docker, leftovers.objects, signal);
    } finally {
      for (const lock of locks) lock.release();
    }
    for (const folder of leftovers.folders) removeStateFolder(folder);
    const document = { removed: leftovers.objects, folders: leftovers.folders };
    return {
      exit: 0,
      document,
      text: `Supprimés : ${leftovers.objects.length} objets Docker, ${leftovers.folders.length} dossiers d’état.`,
    };
  },
};

async function agreed({ stdin, stderr }: CliIo): Promise<boolean> {
  if (!stdin.isTTY) {
    throw new EscaleError('usage', 'clean.not-agreed', {
      message: 'Personne n’est là pour dire oui : rien n’a été supprimé.',
      hint: 'Lisez la liste ci-dessus, puis ajoutez --yes.',
    });
  }
  const question = createInterface({ input: stdin, output: stderr });
  try {
    return /^o(ui)?$/i.test((await question.question('Tout supprimer, fichiers des apprenants compris ? (oui/non) ')).trim());
  } finally {
    question.close();
  }
}

/** Locks all folders or none, so that nothing in use is removed. */
function lockAll(folders: readonly string[]): StateLock[] {
  const locks: StateLock[] = [];
  for (const folder of folders) {
    const lock = tryLockState(openStateFolder(folder), 'clean');
    if (lock === null) {
      for (const taken of locks) taken.release();
      throw new EscaleError('unavailable', 'state.busy', {
        message: `Escale tourne encore sur le dossier d’état ${folder} : rien n’a été supprimé.`,
        hint: 'Arrêtez-le (Ctrl-C dans son terminal), puis recommencez.',
      });
    }
    locks.push(lock);
  }
  return locks;
}
