import type { Project } from '../../../projects/project.ts';
import { projectAfter, projectBefore } from '../../../projects/project-states.ts';
import { listMutants, type Mutant } from './list-mutants.ts';
import { sayMutant } from './say-mutant.ts';

export interface MutantChoice {
  /** Only those whose one line holds one of these. */
  readonly only?: readonly string[] | undefined;
  /** At most so many, spread evenly over all. */
  readonly limit?: number | undefined;
}

/** The mutants of what a task adds or changes in the project; of the whole project where it changes nothing. */
export async function mutantsOfTask(task: string, { only, limit }: MutantChoice): Promise<Mutant[]> {
  const [before, after] = await Promise.all([projectBefore(task), projectAfter(task)]);
  const changed = [...after.keys()].filter((path) => contentOf(after, path) !== contentOf(before, path));
  const all = listMutants(after, changed.length > 0 ? changed : [...after.keys()]).filter(
    (mutant) => only === undefined || only.some((part) => sayMutant(mutant).includes(part)),
  );
  if (limit === undefined || limit >= all.length) return all;
  return all.filter((_mutant, index) => Math.floor((index * limit) / all.length) !== Math.floor(((index - 1) * limit) / all.length));
}

function contentOf(project: Project, path: string): string | undefined {
  const entry = project.get(path);
  return entry?.kind === 'file' ? entry.content.toString('latin1') : undefined;
}
