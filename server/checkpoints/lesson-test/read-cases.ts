import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import type { Project } from '../../projects/project.ts';
import { projectAfter } from '../../projects/project-states.ts';
import { readFolder } from '../../projects/read-folder.ts';
import { applyChange } from './cases/apply-change.ts';
import { caseSchema } from './cases/case-schema.ts';
import { typedFor } from './typed-for.ts';

/** All else in the folder of a case belongs to its project. */
const CASE_FILE = 'case.json';
/** What a play of the case gave its readers. */
const FACTS_FILE = 'facts.json';
export const LAB_STACK = fileURLToPath(new URL('../../../lab-stack/', import.meta.url));

type Description = z.infer<typeof caseSchema>;

export interface LessonCase extends Pick<Description, 'what' | 'fails' | 'remarks'> {
  readonly name: string;
  readonly project: Project;
  readonly commands: string[];
}

/** The cases of a task, by name. */
export async function readCases(kind: 'mistakes' | 'variants', task: string): Promise<LessonCase[]> {
  const root = join(LAB_STACK, kind, task);
  if (!existsSync(root)) return [];
  const [solution, usual] = await Promise.all([projectAfter(task), typedFor(task)]);
  const names = (await readdir(root)).sort();
  return Promise.all(
    names.map(async (name) => {
      const { what, fails, remarks, commands, ...change } = await readDescription(join(root, name));
      const whole = new Map(await readFolder(join(root, name)));
      whole.delete(CASE_FILE);
      whole.delete(FACTS_FILE);
      const project = applyChange(solution, change, whole, `${task}/${name}`);
      return { what, fails, remarks, commands: commands ?? usual, name, project };
    }),
  );
}

async function readDescription(folder: string): Promise<Description> {
  const file = join(folder, CASE_FILE);
  try {
    return caseSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new EscaleError(
      'usage',
      'case.unreadable',
      {
        message: `Le cas décrit par ${file} ne peut pas être lu : ${why}`,
        hint: 'Corrigez ce fichier : docs/authoring.md dit ce qu’il contient.',
      },
      { cause },
    );
  }
}
