import { z } from 'zod';
import type { LabView } from '../checkpoints/definitions.ts';
import { readCompose } from '../checkpoints/readers/compose/read-compose.ts';
import { projectFolder } from '../checkpoints/readers/project/project-folder.ts';
import { NotRead } from '../checkpoints/reading.ts';
import type { Declared, DeclaredNetworks } from './definitions.ts';

const text = z.string().max(1000);

const networksSchema = z.object({
  services: z.record(
    text,
    z.object({
      networks: z
        .record(
          text,
          z
            .object({ aliases: z.array(text).max(50).nullish() })
            .loose()
            .nullish(),
        )
        .nullish(),
    }),
  ),
  networks: z
    .record(
      text,
      z.object({
        name: text.default(''),
        internal: z.boolean().nullish(),
        ipam: z
          .object({
            config: z
              .array(z.object({ subnet: text.nullish() }))
              .max(10)
              .nullish(),
          })
          .nullish(),
      }),
    )
    .nullish(),
});

/** Reads the files of the project. Without a project folder there is no Compose file either. */
export async function readDeclared(view: LabView): Promise<Declared> {
  try {
    const reading = await readCompose(view);
    if (reading.state !== 'readable') return reading;
    return { state: 'readable', project: reading, folder: await projectFolder(view), networks: await declaredNetworks(view) };
  } catch (error) {
    if (error instanceof NotRead) return { state: 'absent', lookalike: null };
    throw error;
  }
}

/** From the same answer of Compose as the model, which a view asks for once. */
async function declaredNetworks(view: LabView): Promise<DeclaredNetworks> {
  const { stdout } = await view.tool(['docker', 'compose', '--profile', '*', 'config', '--format', 'json']);
  return toNetworks(JSON.parse(stdout));
}

/** The networks in what `docker compose config --format json` prints. */
export function toNetworks(resolved: unknown): DeclaredNetworks {
  const { services, networks } = networksSchema.parse(resolved);
  return {
    networks: Object.fromEntries(
      Object.entries(networks ?? {}).map(([name, { name: engineName, internal, ipam }]) => [
        name,
        { engineName, internal: internal ?? false, subnets: (ipam?.config ?? []).flatMap(({ subnet }) => (subnet ? [subnet] : [])) },
      ]),
    ),
    aliases: Object.fromEntries(
      Object.entries(services).map(([service, one]) => [
        service,
        Object.values(one.networks ?? {}).flatMap((network) => network?.aliases ?? []),
      ]),
    ),
  };
}
