import { parse } from 'yaml';
import { z } from 'zod';
import { type ComposeModel, composeModelSchema } from '../../../../server/checkpoints/readers/compose/model.ts';
import type { ContainerFacts } from '../../../../server/lab-engine/definitions.ts';
import type { Project } from '../../../../server/projects/project.ts';
import { projectAfter } from '../../../../server/projects/project-states.ts';
import { adaptCompose } from '../../../../server/workshop/adapt-compose.ts';
import { textOf } from '../../../../server/workshop/break-copy.ts';
import type { Seen, StackCopy } from '../../../../server/workshop/definitions.ts';
import { containerOf } from '../checkpoints/fakes/compose-subject.ts';

export const KEEP = ['etl', 'postgres'];

const serviceSchema = z.looseObject({
  build: z.string().optional(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
});
const fileSchema = z.looseObject({ services: z.record(z.string(), serviceSchema) });

/** The model of a Compose file, for the forms that the solution uses. */
export function modelOf(compose: string, env: string, folder = '/home/dataeng/atelier'): ComposeModel {
  const values = new Map([...env.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]));
  const filled = compose.replace(/(?<!\$)\$\{(\w+)[^}]*\}/g, (_, name: string) => values.get(name) ?? '');
  const file = fileSchema.parse(parse(filled));
  const services = Object.entries(file.services).map(([name, { build, ports, volumes, ...rest }]) => [
    name,
    {
      ...rest,
      ...(build === undefined ? {} : { build: { context: folder } }),
      ports: ports.map((port) => {
        const [inside = '', published = '', host_ip = ''] = port.split(':').reverse();
        return { target: Number(inside), published, host_ip };
      }),
      volumes: volumes.map((volume) => {
        const [source = '', target = ''] = volume.split(':');
        return source.startsWith('.') ? { type: 'bind', source: folder + source.slice(1), target } : { type: 'volume', source, target };
      }),
    },
  ]);
  const volumes = Object.fromEntries(
    Object.keys(z.record(z.string(), z.unknown()).parse(file.volumes ?? {})).map((name) => [name, { name: `${file.name}_${name}` }]),
  );
  return composeModelSchema.parse({ ...file, services: Object.fromEntries(services), volumes });
}

/** The reference solution of 1.4 as the workshop copies it. */
export async function solutionCopy(): Promise<{ copy: StackCopy; project: Project; model: ComposeModel }> {
  const solution = await projectAfter('1.4');
  const text = (path: string) => textOf(solution, path) ?? '';
  const env = text('.env');
  const compose = adaptCompose(text('docker-compose.yml'), modelOf(text('docker-compose.yml'), env), { keep: KEEP, database: 'postgres' });
  if (compose === null) throw new Error('the solution cannot be adapted');
  const project = new Map(solution).set('docker-compose.yml', { kind: 'file', mode: 0o644, content: Buffer.from(compose) });
  const model = modelOf(compose, env);
  const service = (name: string, command: readonly string[]) => {
    const found = model.services[name];
    if (found === undefined) throw new Error(`no service ${name}`);
    return { name, service: found, command, image: found.image ?? `atelier-${name}` };
  };
  const copy: StackCopy = {
    composeFile: 'docker-compose.yml',
    paths: [...project].flatMap(([path, { kind }]) => (kind === 'file' ? [path] : [])),
    text: (path) => textOf(project, path),
    etl: service('etl', ['python', 'etl_pipeline.py']),
    database: service('postgres', ['docker-entrypoint.sh', 'postgres']),
  };
  return { copy, project, model };
}

/** The container of the copy's ETL, which has done its work. */
export function aContainer(change: Partial<ContainerFacts> = {}): ContainerFacts {
  return containerOf('etl', {
    id: 'c1',
    name: 'atelier-etl-1',
    image: 'sha256:1',
    imageName: 'atelier-etl',
    labels: {},
    state: 'exited',
    createdMs: 1000,
    startedMs: 2000,
    finishedMs: 3000,
    networks: [],
    ...change,
  });
}

/** A copy that works, or what a change makes of it. */
export function aSeen(change: Partial<Seen> = {}): Seen {
  return {
    up: { code: 0, timedOut: false, stdout: '', stderr: '' },
    etl: aContainer(),
    database: aContainer({ state: 'running', health: { status: 'healthy', lastOutput: '' } }),
    log: 'INFO etl: pipeline terminé',
    loaded: true,
    ...change,
  };
}
