/** On all that a trial makes on the engine; its value is the trial's id. */
export const TRIAL_LABEL = 'escale.trial';

const PREFIX = 'escale-trial-';

/** What the names of all that a trial makes begin with: Compose project, images, networks, volumes, folder. */
export function sandboxName(trial: string): string {
  return `${PREFIX}${trial}`;
}

export function isSandboxName(name: string): boolean {
  return name.startsWith(PREFIX);
}
