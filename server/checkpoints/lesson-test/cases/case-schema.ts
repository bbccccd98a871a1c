import { z } from 'zod';
import { criterionIdSchema } from '../../../../contract/verdict.ts';

/** A path of the project, as the solution names it: no way out of the folder. */
const pathSchema = z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+(?<!\/)$/);

/** Text of a file. Where it has several lines, an array of them reads better in a diff: its items are joined by line ends. */
const textSchema = z.union([z.string(), z.array(z.string())]);

const editSchema = z.strictObject({
  file: pathSchema,
  /** Stands in the solution's file exactly once. */
  replace: textSchema.refine((text) => textOf(text) !== ''),
  with: textSchema,
});

/** What a case changes in the solution of its task. Whole files beside `case.json` are laid over it last. */
const changeSchema = z.strictObject({
  edits: z.array(editSchema).default([]),
  /** The solution's path to the new one; a folder takes along what is in it. */
  move: z.record(pathSchema, pathSchema).default({}),
  remove: z.array(pathSchema).default([]),
  /** New folders without anything in them, which git does not keep. */
  folders: z.array(pathSchema).default([]),
});

/** `case.json` in the folder of a mistake or a variant. */
export const caseSchema = changeSchema.extend({
  /** What is wrong, or what is done another way. */
  what: z.string().min(1),
  /** Of a mistake: the criteria it fails, each by its own code. */
  fails: z.array(z.strictObject({ criterion: criterionIdSchema, code: z.string(), text: z.array(z.string()).default([]) })).default([]),
  /** Of a variant: the codes of the remarks it earns. */
  remarks: z.array(z.string()).default([]),
  /** What the learner types, in the project folder; by default the commands of the task. Empty: nothing, the files are all there is. */
  commands: z.array(z.string()).optional(),
});

export type Edit = z.infer<typeof editSchema>;
export type CaseChange = z.infer<typeof changeSchema>;

export function textOf(text: z.infer<typeof textSchema>): string {
  return typeof text === 'string' ? text : text.join('\n');
}
