import { z } from 'zod';
import type { LabView } from '../checkpoints/definitions.ts';
import { readCompose, resolvedByCompose } from '../checkpoints/readers/compose/read-compose.ts';
import { projectFolder } from '../checkpoints/readers/project/project-folder.ts';
import { NotRead } from '../checkpoints/reading.ts';
import type { Declared } from './definitions.ts';

const text = z.string().max(1000);
const joinedSchema = z.object({ aliases: z.array(text).max(50).nullish() }).nullish();
const aliasesSchema = z.object({ services: z.record(text, z.object({ networks: z.record(text, joinedSchema).nullish() })) });

/** Reads the files of the project. Without a project folder there is no Compose file either. */
export async function readDeclared(view: LabView): Promise<Declared> {
  try {
    const project = await readCompose(view);
    if (project.state !== 'readable') return project;
    return { state: 'readable', project, folder: await projectFolder(view), aliases: await aliases(view) };
  } catch (error) {
    if (error instanceof NotRead) return { state: 'absent', lookalike: null };
    throw error;
  }
}

async function aliases(view: LabView): Promise<Record<string, string[]>> {
  const { stdout } = await resolvedByCompose(view);
  const { services } = aliasesSchema.parse(JSON.parse(stdout));
  return Object.fromEntries(
    Object.entries(services).map(([service, { networks }]) => [
      service,
      Object.values(networks ?? {}).flatMap((network) => network?.aliases ?? []),
    ]),
  );
}
