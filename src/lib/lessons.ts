import { type CollectionEntry, getCollection } from 'astro:content';
import plan from '../../content/course.json' with { type: 'json' };
import { type Course, courseOf } from './course.ts';

export type Lesson = CollectionEntry<'lessons'>;

/** Every lesson, each in the folder of its part and in a file named after its task. */
export async function allLessons(): Promise<Lesson[]> {
  const lessons = await getCollection('lessons');
  for (const { id, data } of lessons) {
    if (id !== `${data.task.charAt(0)}/${data.task}`)
      throw new Error(
        `content/fr/${id}.mdx parle de la tâche ${data.task} : elle va dans content/fr/${data.task.charAt(0)}/${data.task}.mdx.`,
      );
  }
  return lessons;
}

export async function theCourse(): Promise<Course> {
  return courseOf(
    plan,
    (await allLessons()).map((lesson) => lesson.data),
  );
}
