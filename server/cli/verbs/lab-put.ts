import { resolve } from 'node:path';
import { packProject } from '../../projects/pack-project.ts';
import type { Project } from '../../projects/project.ts';
import { projectAfter, starterProject } from '../../projects/project-states.ts';
import { readFolder } from '../../projects/read-folder.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs, usageError } from '../read-args.ts';

const OPTIONS = { to: { type: 'string' }, solution: { type: 'string' }, starter: { type: 'boolean' } } as const;

export const labPut: Verb = {
  name: 'lab put',
  usage: '<labo> (<dossier> | --solution <tâche> | --starter) [--to CHEMIN]',
  summary: 'Rend le dossier du projet égal à un dossier d’ici, à la solution d’une tâche ou au départ.',
  async run(args, context) {
    const { positionals, values } = readArgs(args, OPTIONS, { min: 1, max: 2 });
    const lab = labArg(positionals[0]);
    const project = await source(positionals[1], values, context.io.cwd);
    const agent = await (await context.control()).labs.agent(lab);
    await agent.putTree(packProject(project), values.to);
    const to = values.to ?? 'le dossier du projet';
    return { exit: 0, document: { lab, to: values.to ?? null, entries: project.size }, text: `${project.size} entrées posées dans ${to}.` };
  },
};

/** The project to put, read completely before the lab is touched. */
function source(folder: string | undefined, values: { solution?: string; starter?: boolean }, cwd: string): Promise<Project> {
  const chosen = [folder, values.solution, values.starter].filter((choice) => choice !== undefined);
  if (chosen.length !== 1) throw usageError('Il faut exactement un de : un dossier, --solution, --starter.');
  if (values.starter) return starterProject();
  if (values.solution !== undefined) return projectAfter(values.solution);
  return readFolder(resolve(cwd, folder ?? '.'));
}
