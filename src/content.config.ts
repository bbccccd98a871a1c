import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { lessonSchema, welcomeSchema } from './lib/lesson-schema.ts';

/** Uses the path as id, `1/1.3`; the default slug would be `1/13`. */
const generateId = ({ entry }: { entry: string }) => entry.replace(/\.mdx$/, '');

export const collections = {
  lessons: defineCollection({ loader: glob({ base: './content/fr', pattern: '*/*.mdx', generateId }), schema: lessonSchema }),
  welcome: defineCollection({ loader: glob({ base: './content/fr', pattern: 'bienvenue.mdx', generateId }), schema: welcomeSchema }),
};
