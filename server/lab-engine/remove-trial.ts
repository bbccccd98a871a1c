import type Docker from 'dockerode';
import { ask } from './ask.ts';
import { removeLabelled } from './remove-labelled.ts';
import { sandboxName, TRIAL_LABEL } from './trial-names.ts';

/** What the engine was still doing for a client that was killed may come to its end during the first passes. */
const PASSES = 5;

/** Removes what carries a trial's label or name, until nothing of it is found. */
export async function removeTrial(docker: Docker, trial: string): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) if ((await removeOnce(docker, trial)) === 0) return;
}

/** How many objects there were. */
async function removeOnce(docker: Docker, trial: string): Promise<number> {
  const label = `${TRIAL_LABEL}=${trial}`;
  const filters = { label: [label] };
  const containers = await removeLabelled(docker, label);
  const networks = await ask(docker.listNetworks({ filters }));
  for (const { Id } of networks) await ask(docker.getNetwork(Id).remove(), { absent: null, also: [403, 409] });
  const { Volumes } = await ask(docker.listVolumes({ filters }));
  for (const { Name } of Volumes ?? []) await ask(docker.getVolume(Name).remove(), { absent: null, also: [409] });
  const images = await ask(docker.listImages({ filters: { reference: [`${sandboxName(trial)}*`] } }));
  for (const name of images.flatMap(({ RepoTags }) => RepoTags ?? [])) {
    await ask(docker.getImage(name).remove({ force: true }), { absent: null, also: [409] });
  }
  return containers + networks.length + (Volumes ?? []).length + images.length;
}
