import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { configFiles, configHash } from '../container/stack.ts';

const SETTINGS = ['*.yml', '*.yaml', '*.env', '.env*'].flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name]);

/**
 * Whether a container was created from other settings than the Compose file has now. If no file changed since, Compose, which is
 * slow, is not asked: a difference could only come from variables of the learner's shell, which no look can see.
 */
export async function isOutdated(view: LabView, service: string, container: ContainerFacts): Promise<boolean> {
  const made = configHash(container);
  if (made === '' || (await settingsChangedMs(view)) <= container.createdMs) return false;
  const files = configFiles(container).flatMap((file) => ['-f', file]);
  const name = container.labels['com.docker.compose.project'] ?? '';
  const asked = await view.tool(['docker', 'compose', '-p', name, ...files, '--profile', '*', 'config', '--hash', '*']);
  const now = new RegExp(`^${service.replaceAll('.', '\\.')} ([0-9a-f]{64})$`, 'm').exec(asked.stdout)?.[1];
  return asked.code === 0 && now !== undefined && now !== made;
}

/** When a file that Compose may read was last changed. */
async function settingsChangedMs(view: LabView): Promise<number> {
  const { stdout } = await view.tool(['find', '.', '-maxdepth', '2', '-type', 'f', '(', ...SETTINGS, ')', '-printf', '%T@\\n']);
  return Math.max(0, ...stdout.split('\n').map((line) => Number(line) * 1000 || 0));
}
