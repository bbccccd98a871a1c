/** Label of everything that a trial creates on the engine. Its value is the trial's id. */
export const TRIAL_LABEL = 'escale.trial';

const PREFIX = 'escale-trial-';

/** Prefix of the names of everything that a trial creates: Compose project, images, networks, volumes, folder. */
export function sandboxName(trial: string): string {
  return `${PREFIX}${trial}`;
}

export function isSandboxName(name: string): boolean {
  return name.startsWith(PREFIX);
}
