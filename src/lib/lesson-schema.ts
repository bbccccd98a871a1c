import { z } from 'zod';
import { criterionIdSchema } from '../../contract/verdict.ts';

const head = {
  /** The title without the number: « Écrire un bon Dockerfile ». */
  title: z.string().min(3).max(80),
  /** One or two sentences below the title: what changes for the reader, in the present tense. */
  summary: z.string().min(20).max(320),
  /** The planned time. The lessons of a part add up to the brief's time for it. */
  minutes: z.number().int().positive().max(240),
  /** What the lesson introduces, in a few words each. */
  new: z.array(z.string().min(2).max(60)).min(1).max(8),
};

/** The front matter of a lesson, `content/<language>/<part>/<task>.mdx`. The part is the folder's name. */
export const lessonSchema = z.strictObject({
  /** The task of the brief: `1.3`. The file has the same name. */
  task: z.string().regex(/^\d\.\d$/, 'la tâche s’écrit comme « 1.3 », entre guillemets'),
  ...head,
  /**
   * By criterion of the task: what is looked at, and where the lesson teaches it: the number of a step, or the id of a heading. The list of
   * criteria links there, and the last of these places links back.
   */
  criteria: z
    .record(
      criterionIdSchema,
      z.strictObject({ looks: z.string().min(5).max(160), at: z.array(z.union([z.number().int().positive(), z.string()])).min(1) }),
    )
    .optional(),
});

/** The front matter of the welcome, `content/<language>/bienvenue.mdx`. It is no task of the brief and gives no points. */
export const welcomeSchema = z.strictObject(head);

export type LessonHead = z.infer<typeof lessonSchema>;
export type WelcomeHead = z.infer<typeof welcomeSchema>;
