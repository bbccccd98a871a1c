import { z } from 'zod';
import { criterionIdSchema } from '../../../../contract/verdict.ts';

/** A path of the project, as in the solution. It cannot leave the folder. */
const pathSchema = z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.(?:\/|$)).+(?<!\/)$/);

/** Text of a file. Several lines can be an array, which is easier to read in a diff; they are joined by line ends. */
const textSchema = z.union([z.string(), z.array(z.string())]);

const editSchema = z.strictObject({
  file: pathSchema,
  /** Must occur exactly once in the solution's file. */
  replace: textSchema.refine((text) => textOf(text) !== ''),
  with: textSchema,
});

/** What a case changes in the solution of its task. Complete files beside `case.json` are applied last. */
const changeSchema = z.strictObject({
  edits: z.array(editSchema).default([]),
  /** From a path of the solution to a new path. A folder is moved with its content. */
  move: z.record(pathSchema, pathSchema).default({}),
  remove: z.array(pathSchema).default([]),
  /** New empty folders, which git does not keep. */
  folders: z.array(pathSchema).default([]),
});

/** `case.json` in the folder of a mistake or a variant. */
export const caseSchema = changeSchema.extend({
  /** What is wrong, or what is done differently. */
  what: z.string().min(1),
  /** For a mistake: the criteria that fail, each with its code. */
  fails: z.array(z.strictObject({ criterion: criterionIdSchema, code: z.string(), text: z.array(z.string()).default([]) })).default([]),
  /** For a variant: the codes of the expected remarks. */
  remarks: z.array(z.string()).default([]),
  /** The commands typed in the project folder, by default those of the task. Empty: nothing is typed. */
  commands: z.array(z.string()).optional(),
});

export type Edit = z.infer<typeof editSchema>;
export type CaseChange = z.infer<typeof changeSchema>;

export function textOf(text: z.infer<typeof textSchema>): string {
  return typeof text === 'string' ? text : text.join('\n');
}
