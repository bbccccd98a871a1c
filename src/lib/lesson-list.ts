import { z } from 'zod';
import type { Course } from './course.ts';

/** `/lessons.json`: the published lessons in the order of the course, for the palette. `also`: synonyms for the search. */
export const lessonListSchema = z.array(z.object({ name: z.string(), href: z.string(), also: z.string() }));

type LessonList = z.infer<typeof lessonListSchema>;

export function lessonList({ welcome, parts }: Course): LessonList {
  const lessons = parts.flatMap((part) =>
    part.tasks.flatMap(({ id, title, href }) => (href === undefined ? [] : [{ name: `${id} ${title}`, href, also: part.title }])),
  );
  return welcome === undefined ? lessons : [{ name: welcome.title, href: welcome.href, also: 'début commencer' }, ...lessons];
}
