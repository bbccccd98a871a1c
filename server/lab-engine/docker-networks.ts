import type Docker from 'dockerode';
import { z } from 'zod';
import { ask } from './ask.ts';
import type { NetworkFacts } from './definitions.ts';
import { text } from './reply-text.ts';
import { TRIAL_LABEL } from './trial-names.ts';

const networkListSchema = z
  .array(
    z.object({
      Name: text,
      Driver: text.default(''),
      Internal: z.boolean().default(false),
      Labels: z
        .record(text, text)
        .nullish()
        .transform((labels) => labels ?? {}),
      IPAM: z
        .object({
          Config: z
            .array(z.object({ Subnet: text.optional() }))
            .max(100)
            .nullish(),
        })
        .nullish(),
    }),
  )
  .max(5000);

export async function listNetworks(docker: Docker): Promise<readonly NetworkFacts[]> {
  return networkListSchema
    .parse(await ask(docker.listNetworks()))
    .filter(({ Labels }) => !(TRIAL_LABEL in Labels))
    .map(({ Name, Driver, Internal, IPAM }) => ({
      name: Name,
      driver: Driver,
      internal: Internal,
      subnets: (IPAM?.Config ?? []).flatMap(({ Subnet }) => Subnet ?? []),
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
