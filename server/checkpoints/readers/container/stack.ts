import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { readableCompose } from '../compose/read-compose.ts';
import { projectFolder } from '../project/project-folder.ts';

const LABEL = 'com.docker.compose';

/** What `docker compose up` made of the project in this folder: the containers of its services. */
export interface Stack {
  /** The project's name on the engine; null where it has no container. */
  readonly name: string | null;
  /** Containers of a service, newest first, without those of `docker compose run`. */
  of(service: string): readonly ContainerFacts[];
}

/** By labels, whatever the project's name is: with several names, the model's own, else the newest. */
export function stackOf(view: LabView): Promise<Stack> {
  return view.once('stack', async () => {
    const [{ model }, folder, containers] = await Promise.all([readableCompose(view), projectFolder(view), view.engine.containers()]);
    // The time of the look is when the containers were seen: one that started during the look has not run for long.
    await view.now();
    const own = containers.filter(({ labels }) => isOf(labels, folder) && labels[`${LABEL}.oneoff`] !== 'True');
    const names = own.map(({ labels }) => labels[`${LABEL}.project`] ?? '');
    const name = names.includes(model.name) ? model.name : (names[0] ?? null);
    const ours = own.filter(({ labels }) => labels[`${LABEL}.project`] === name);
    return { name, of: (service) => ours.filter(({ labels }) => labels[`${LABEL}.service`] === service) };
  });
}

/** The newest container of a service; throws `NotRead` where `up` has not made one. */
export async function theContainer(view: LabView, service: string): Promise<ContainerFacts> {
  const container = (await stackOf(view)).of(service)[0];
  if (container === undefined) throw new NotRead('absent', 'stack');
  return container;
}

function isOf(labels: Readonly<Record<string, string>>, folder: string): boolean {
  const files = (labels[`${LABEL}.project.config_files`] ?? '').split(',');
  return labels[`${LABEL}.project.working_dir`] === folder || files.some((file) => file.startsWith(`${folder}/`));
}

/** The state in which Compose wants a service, as the label that it leaves on each container. */
export function configHash({ labels }: ContainerFacts): string {
  return labels[`${LABEL}.config-hash`] ?? '';
}

/** The Compose files that a container was made from. */
export function configFiles({ labels }: ContainerFacts): string[] {
  return (labels[`${LABEL}.project.config_files`] ?? '').split(',').filter((file) => file !== '');
}
