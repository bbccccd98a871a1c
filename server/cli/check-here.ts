import type { CheckReport } from '../../contract/verdict.ts';
import { createChecker } from '../checkpoints/checker.ts';
import { subjectHere } from '../checkpoints/subject-here.ts';
import { FileJournal } from '../checkpoints/trials/file-journal.ts';
import { engineAddresses } from '../host/host-engine.ts';
import { requireHostEngine } from '../host/require-host-engine.ts';
import { openStateFolder } from '../state/state-folder.ts';
import type { VerbContext } from './definitions.ts';

/** The lab id used for the learner's own machine in reports and undo plans. */
const HERE = 'ici';

/** Judges the current folder and this machine's engine as if they were a lab. */
export async function checkHere(
  tasks: readonly string[],
  options: { trials: boolean; waitMs: number },
  { environment, io, signal, stateDir }: VerbContext,
): Promise<CheckReport> {
  const began = performance.now();
  const engine = await requireHostEngine(engineAddresses(environment));
  const checker = createChecker({
    lab: HERE,
    subject: subjectHere(io.cwd, engine),
    journal: new FileJournal(openStateFolder(stateDir).trials),
  });
  const criteria = await checker.check(tasks, { ...options, signal });
  return { lab: HERE, tookMs: performance.now() - began, criteria };
}
