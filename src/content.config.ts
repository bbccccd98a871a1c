import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { lessonSchema } from './lib/lesson-schema.ts';

export const collections = {
  lessons: defineCollection({
    // The id is the path, `1/1.3`: a slug would turn it into `1/13`.
    loader: glob({ base: './content/fr', pattern: '**/*.mdx', generateId: ({ entry }) => entry.replace(/\.mdx$/, '') }),
    schema: lessonSchema,
  }),
};
