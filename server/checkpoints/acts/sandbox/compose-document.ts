import { z } from 'zod';

const text = z.string().max(100_000);
const loose = z.looseObject({});

const mountSchema = z.looseObject({ type: text, source: text.optional(), target: text, read_only: z.boolean().optional() });

const serviceSchema = z.looseObject({
  image: text.optional(),
  build: z.looseObject({ context: text.optional(), dockerfile: text.optional() }).optional(),
  command: z.array(text).nullish(),
  entrypoint: z.array(text).nullish(),
  container_name: text.optional(),
  depends_on: z.record(text, z.looseObject({ condition: text })).optional(),
  environment: z.record(text, z.union([text, z.number(), z.boolean()]).nullable()).optional(),
  healthcheck: z.looseObject({ interval: text.optional(), start_period: text.optional(), retries: z.number().optional() }).optional(),
  labels: z.record(text, z.unknown()).optional(),
  networks: z.record(text, loose.nullable()).nullish(),
  network_mode: text.optional(),
  restart: text.optional(),
  volumes: z.array(mountSchema).max(1000).optional(),
});

const named = z.record(text, loose.nullable()).optional();

/** What `docker compose config --format json` prints, whole, so that it can be altered and given back to Compose: each `$` is doubled in it. */
export const composeDocumentSchema = z.looseObject({
  name: text.optional(),
  services: z.record(text, serviceSchema),
  networks: named,
  volumes: named,
});

export type ComposeDocument = z.infer<typeof composeDocumentSchema>;
export type DocumentService = z.infer<typeof serviceSchema>;

/** A text as Compose has to read it, so that no `$` of it begins a variable. */
export function literal(word: string): string {
  return word.replaceAll('$', '$$$$');
}
