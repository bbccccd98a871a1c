import { posix } from 'node:path';
import type { HealthSetting, ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { alwaysSucceeds, argvAlwaysSucceeds } from '../shell/always-succeeds.ts';
import { commandTools } from '../shell/command-tools.ts';

/** A health check as the engine runs it. */
export function healthArgv(health: HealthSetting, shell: readonly string[]): readonly string[] {
  const [kind, ...rest] = health.test;
  return kind === 'CMD-SHELL' ? [...shell, ...rest] : rest;
}

/** The part of a health check that makes it say yes whatever happens, or null. */
export function healthConstant(health: HealthSetting): string | null {
  const [kind, ...rest] = health.test;
  return kind === 'CMD-SHELL' ? alwaysSucceeds(rest[0] ?? '') : argvAlwaysSucceeds(rest);
}

/** The first program of a health check that the image does not hold, or null. */
export async function healthMissingTool(view: LabView, image: ImageFacts, health: HealthSetting): Promise<string | null> {
  const [kind, first = ''] = health.test;
  const tools = kind === 'CMD-SHELL' ? commandTools(first) : [first];
  for (const tool of tools) if (!(await holds(view, image, tool))) return tool;
  return null;
}

async function holds(view: LabView, image: ImageFacts, tool: string): Promise<boolean> {
  if (tool.includes('/')) return (await view.images.stat(image.id, posix.resolve(image.workdir, tool))) !== null;
  const path = image.env.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length) ?? '/usr/local/bin:/usr/bin:/bin';
  for (const folder of path.split(':')) if (await view.images.stat(image.id, posix.join(folder, tool))) return true;
  return false;
}
