import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { readableCompose } from '../compose/read-compose.ts';
import { projectFolder } from '../project/project-folder.ts';

const LABEL = 'com.docker.compose';

/** The containers that `docker compose up` created for the project in this folder. */
export interface Stack {
  /** The project's name on the engine. Null if it has no container. */
  readonly name: string | null;
  /** Every container of the stack, newest first. */
  readonly all: readonly ContainerFacts[];
  /** Containers of a service, newest first, without those of `docker compose run`. */
  of(service: string): readonly ContainerFacts[];
}

/** Finds the stack by labels, whatever the project's name. If there are several names: the model's own, otherwise the newest. */
export function stackOf(view: LabView): Promise<Stack> {
  return view.once('stack', async () => {
    const [{ model }, folder, containers] = await Promise.all([readableCompose(view), projectFolder(view), view.engine.containers()]);
    // The time of the look is the time at which the containers were read. So a container that started during the look is young.
    await view.now();
    return stackAmong(containers, folder, model.name);
  });
}

/** The stack of the project in a folder. `modelName`: the project's name in the Compose model. */
export function stackAmong(containers: readonly ContainerFacts[], folder: string, modelName: string): Stack {
  const own = containers.filter(({ labels }) => isOf(labels, folder) && labels[`${LABEL}.oneoff`] !== 'True');
  const names = own.map(({ labels }) => labels[`${LABEL}.project`] ?? '');
  const name = names.includes(modelName) ? modelName : (names[0] ?? null);
  const all = own.filter(({ labels }) => labels[`${LABEL}.project`] === name);
  return { name, all, of: (service) => all.filter((container) => serviceOf(container) === service) };
}

/** The Compose service of a container. Empty if it has none. */
export function serviceOf({ labels }: ContainerFacts): string {
  return labels[`${LABEL}.service`] ?? '';
}

/** Of the containers of one service, newest first: the one that runs, otherwise the newest. */
export function currentOf(containers: readonly ContainerFacts[]): ContainerFacts | undefined {
  return containers.find(({ state }) => state === 'running') ?? containers[0];
}

/** The newest container of a service. Throws `NotRead` if `up` has not created one. */
export async function theContainer(view: LabView, service: string): Promise<ContainerFacts> {
  const container = (await stackOf(view)).of(service)[0];
  if (container === undefined) throw new NotRead('absent', 'stack');
  return container;
}

function isOf(labels: Readonly<Record<string, string>>, folder: string): boolean {
  const files = (labels[`${LABEL}.project.config_files`] ?? '').split(',');
  return labels[`${LABEL}.project.working_dir`] === folder || files.some((file) => file.startsWith(`${folder}/`));
}

/** Compose's hash of a service's settings, from the label that it puts on each container. */
export function configHash({ labels }: ContainerFacts): string {
  return labels[`${LABEL}.config-hash`] ?? '';
}

/** The Compose files from which a container was created. */
export function configFiles({ labels }: ContainerFacts): string[] {
  return (labels[`${LABEL}.project.config_files`] ?? '').split(',').filter((file) => file !== '');
}
