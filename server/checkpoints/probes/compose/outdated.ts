import type { ContainerFacts, LabView } from '../../definitions.ts';
import { configFiles, configHash } from '../container/stack.ts';

/** Whether a container was made from other settings than those of the Compose file now. */
export async function isOutdated(view: LabView, service: string, container: ContainerFacts): Promise<boolean> {
  const made = configHash(container);
  if (made === '') return false;
  const files = configFiles(container).flatMap((file) => ['-f', file]);
  const name = container.labels['com.docker.compose.project'] ?? '';
  const asked = await view.tool(['docker', 'compose', '-p', name, ...files, '--profile', '*', 'config', '--hash', '*']);
  const now = new RegExp(`^${service.replaceAll('.', '\\.')} ([0-9a-f]{64})$`, 'm').exec(asked.stdout)?.[1];
  if (asked.code !== 0 || now === undefined || now === made) return false;
  return settingsChangedSince(view, container.createdMs);
}

/** Where no file changed, the difference comes from variables of the learner's own shell, that no look can see. */
async function settingsChangedSince(view: LabView, ms: number): Promise<boolean> {
  const names = ['*.yml', '*.yaml', '*.env', '.env*'].flatMap((name, index) => [...(index > 0 ? ['-o'] : []), '-name', name]);
  const since = new Date(ms).toISOString();
  const { stdout } = await view.tool([
    'find',
    '.',
    '-maxdepth',
    '2',
    '-type',
    'f',
    '(',
    ...names,
    ')',
    '-newermt',
    since,
    '-print',
    '-quit',
  ]);
  return stdout.trim() !== '';
}
