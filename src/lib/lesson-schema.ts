import { z } from 'zod';

const head = {
  /** Without the number: « Écrire un bon Dockerfile ». */
  title: z.string().min(3).max(80),
  /** One or two sentences under the title: what changes for the reader, in present tense. */
  summary: z.string().min(20).max(320),
  /** The time it takes; the lessons of a part add up to the brief's time for it. */
  minutes: z.number().int().positive().max(240),
  /** What a reader of the lessons before meets here for the first time, in a few words each. */
  new: z.array(z.string().min(2).max(60)).min(1).max(8),
};

/** The head of a lesson, `content/<language>/<part>/<task>.mdx`. The part is the folder's name. */
export const lessonSchema = z.strictObject({
  /** The task of the brief: `1.3`. The file is named after it. */
  task: z.string().regex(/^\d\.\d$/, 'la tâche s’écrit comme « 1.3 », entre guillemets'),
  ...head,
});

/** The head of what comes before the first task, `content/<language>/bienvenue.mdx`: no task of the brief, no points. */
export const welcomeSchema = z.strictObject(head);

export type LessonHead = z.infer<typeof lessonSchema>;
export type WelcomeHead = z.infer<typeof welcomeSchema>;
