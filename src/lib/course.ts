import { z } from 'zod';
import { french } from './french.ts';
import type { LessonHead, WelcomeHead } from './lesson-schema.ts';

const courseSchema = z.strictObject({
  title: z.string(),
  summary: z.string(),
  parts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^\d$/),
        title: z.string(),
        /** For the route, where room is short. */
        short: z.string(),
        /** The brief's time for the part. */
        minutes: z.number().int().positive(),
        bonus: z.boolean(),
        tasks: z.array(z.strictObject({ id: z.string().regex(/^\d\.\d$/), title: z.string() })).min(1),
      }),
    )
    .min(1),
});

/** A place of the course, as the pager names it. */
export interface Stop {
  /** The number of the task; the welcome has none. */
  readonly id?: string;
  readonly title: string;
  /** Where it is read; absent while there is no lesson. */
  readonly href?: string;
}

export interface Task extends Stop {
  readonly id: string;
  readonly part: string;
  /** The time of its lesson. */
  readonly minutes?: number;
}

/** What is read before the first task. */
export interface WelcomeStop extends Stop {
  readonly href: string;
  readonly minutes: number;
}

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly short: string;
  readonly minutes: number;
  readonly bonus: boolean;
  readonly tasks: readonly Task[];
}

export interface Course {
  readonly title: string;
  readonly summary: string;
  readonly welcome?: WelcomeStop;
  readonly parts: readonly Part[];
}

const WELCOME_HREF = '/fr/bienvenue/';

/** The address of a task's lesson. */
function lessonHref(task: string): string {
  return `/fr/${task}/`;
}

/** The course as the pages show it: the plan of the brief (`content/course.json`), with the lessons that exist. */
export function courseOf(
  plan: unknown,
  lessons: readonly Pick<LessonHead, 'task' | 'title' | 'minutes'>[],
  welcome?: Pick<WelcomeHead, 'title' | 'minutes'>,
): Course {
  const { title, summary, parts } = courseSchema.parse(plan);
  const written = new Map(lessons.map((lesson) => [lesson.task, lesson]));
  const known = new Set(parts.flatMap((part) => part.tasks.map((task) => task.id)));
  const stray = lessons.find((lesson) => !known.has(lesson.task));
  if (stray) throw new Error(`content/course.json ne connaît pas la tâche ${stray.task} : ajoutez-la à sa partie.`);
  return {
    title: french(title),
    summary: french(summary),
    ...(welcome && { welcome: { title: french(welcome.title), minutes: welcome.minutes, href: WELCOME_HREF } }),
    parts: parts.map((part) => ({
      ...part,
      title: french(part.title),
      short: french(part.short),
      tasks: part.tasks.map((task) => {
        const lesson = written.get(task.id);
        const base = { id: task.id, title: french(lesson?.title ?? task.title), part: part.id };
        return lesson === undefined ? base : { ...base, href: lessonHref(task.id), minutes: lesson.minutes };
      }),
    })),
  };
}

export interface Neighbours {
  readonly part: Part;
  /** Place of the task in its part, from 1. */
  readonly position: number;
  readonly previous?: Stop;
  readonly next?: Stop;
}

/** The part of a task and what stands around it, in the order of the course: before the first task, the welcome. */
export function neighboursOf(course: Course, task: string): Neighbours {
  const all = course.parts.flatMap((part) => part.tasks);
  const at = all.findIndex((each) => each.id === task);
  const part = course.parts.find((each) => each.tasks.some((t) => t.id === task));
  if (part === undefined) throw new Error(`content/course.json ne connaît pas la tâche ${task}.`);
  const previous = all[at - 1] ?? course.welcome;
  const next = all[at + 1];
  return {
    part,
    position: part.tasks.findIndex((each) => each.id === task) + 1,
    ...(previous === undefined ? {} : { previous }),
    ...(next === undefined ? {} : { next }),
  };
}
