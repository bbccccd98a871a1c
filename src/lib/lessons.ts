import { type CollectionEntry, getCollection, getEntry } from 'astro:content';
import plan from '../../content/course.json' with { type: 'json' };
import { type Course, courseOf } from './course.ts';

export type Lesson = CollectionEntry<'lessons'>;
export type Welcome = CollectionEntry<'welcome'>;

/** All lessons. Each must be in the folder of its part, in a file named after its task. */
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

/** The welcome, read before the first task. */
export async function theWelcome(): Promise<Welcome> {
  const welcome = await getEntry('welcome', 'bienvenue');
  if (welcome === undefined) throw new Error('content/fr/bienvenue.mdx manque : le cours commence par là.');
  return welcome;
}

export async function theCourse(): Promise<Course> {
  const lessons = await allLessons();
  return courseOf(
    plan,
    lessons.map((lesson) => lesson.data),
    (await theWelcome()).data,
  );
}
