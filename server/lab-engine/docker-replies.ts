import { z } from 'zod';
import type { ImageFacts } from './definitions.ts';
import { list, text } from './reply-text.ts';

export const imageListSchema = z
  .array(
    z.object({
      Id: z.string().max(200),
      RepoTags: z.array(z.string().max(500)).nullish(),
      Created: z.number(),
      Labels: z
        .record(text, text)
        .nullish()
        .transform((labels) => labels ?? {}),
    }),
  )
  .max(5000);

export const imageInspectSchema = z.object({
  Id: z.string().max(200),
  RepoTags: z.array(z.string().max(500)).nullish(),
  Created: z.string().max(60).nullish(),
  Size: z.number(),
  Config: z
    .object({
      User: text.nullish(),
      WorkingDir: text.nullish(),
      Env: list,
      Entrypoint: list,
      Cmd: list,
      Shell: list,
      Healthcheck: z.object({ Test: list }).nullish(),
    })
    .nullish(),
});

export const historySchema = z.array(z.object({ CreatedBy: text, Size: z.number() })).max(1000);

export function toFacts(image: z.infer<typeof imageInspectSchema>, history: z.infer<typeof historySchema>): ImageFacts {
  const config = image.Config;
  const health = config?.Healthcheck;
  return {
    id: image.Id,
    tags: image.RepoTags ?? [],
    createdMs: Date.parse(image.Created ?? '') || 0,
    sizeBytes: image.Size,
    user: config?.User ?? '',
    workdir: config?.WorkingDir || '/',
    env: config?.Env ?? [],
    entrypoint: config?.Entrypoint ?? [],
    cmd: config?.Cmd ?? [],
    shell: config?.Shell.length ? config.Shell : ['/bin/sh', '-c'],
    health: health?.Test.length ? { test: health.Test } : null,
    history: history.map((step) => ({ createdBy: step.CreatedBy, sizeBytes: step.Size })).reverse(),
  };
}
