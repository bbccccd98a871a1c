import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { criterionIdSchema } from '../../../contract/verdict.ts';
import { overlay, type Project } from '../../projects/project.ts';
import { projectAfter } from '../../projects/project-states.ts';
import { readFolder } from '../../projects/read-folder.ts';
import { typedFor } from './typed-for.ts';

const LAB_STACK = fileURLToPath(new URL('../../../lab-stack/', import.meta.url));

/** `case.json` in the folder of a mistake or a variant; all else there is laid over the solution of the task. */
const caseSchema = z.strictObject({
  /** What is wrong, or what is done another way. */
  what: z.string().min(1),
  /** Of a mistake: the criteria it fails, each by its own code. */
  fails: z.array(z.strictObject({ criterion: criterionIdSchema, code: z.string(), text: z.array(z.string()).default([]) })).default([]),
  /** Of a variant: the codes of the remarks it earns. */
  remarks: z.array(z.string()).default([]),
  /** What the learner types, in the project folder; by default the commands of the task. Empty: nothing, the files are all there is. */
  commands: z.array(z.string()).optional(),
});

export interface LessonCase extends z.infer<typeof caseSchema> {
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
      const described = caseSchema.parse(JSON.parse(await readFile(join(root, name, 'case.json'), 'utf8')));
      const layer = new Map(await readFolder(join(root, name)));
      layer.delete('case.json');
      return { ...described, commands: described.commands ?? usual, name, project: overlay(solution, layer) };
    }),
  );
}
