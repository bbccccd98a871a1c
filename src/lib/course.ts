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
        /** A short title for the route, where there is little room. */
        short: z.string(),
        /** The time that the brief plans for the part. */
        minutes: z.number().int().positive(),
        bonus: z.boolean(),
        tasks: z.array(z.strictObject({ id: z.string().regex(/^\d\.\d$/), title: z.string() })).min(1),
      }),
    )
    .min(1),
});

/** A task, or the welcome, as the pager shows it. */
export interface Stop {
  /** The number of the task; absent for the welcome. */
  readonly id?: string;
  readonly title: string;
  /** The address of the lesson; absent while there is no lesson. */
  readonly href?: string;
}

export interface Task extends Stop {
  readonly id: string;
  readonly part: string;
  /** The planned minutes of its lesson. */
  readonly minutes?: number;
}

/** The welcome, read before the first task. */
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

/** The course as the pages show it: the plan of the brief (`content/course.json`), combined with the existing lessons. */
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
  /** Position of the task in its part, from 1. */
  readonly position: number;
  readonly previous?: Stop;
  readonly next?: Stop;
}

/** The part of a task and the stops before and after it, in the order of the course. The welcome comes before the first task. */
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
