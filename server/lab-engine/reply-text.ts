import { z } from 'zod';

/** A word or line of an engine's answer, bounded: the lab can forge it. */
export const text = z.string().max(100_000);

/** A list that the engine leaves out, or gives as null, where it is empty. */
export const list = z
  .array(text)
  .max(2000)
  .nullish()
  .transform((value) => value ?? []);
