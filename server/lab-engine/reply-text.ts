import { z } from 'zod';

/** A word or line of an engine's answer. Its length is limited because the lab can forge it. */
export const text = z.string().max(100_000);

/** A list. If it is empty, the engine omits it or sends null. */
export const list = z
  .array(text)
  .max(2000)
  .nullish()
  .transform((value) => value ?? []);
