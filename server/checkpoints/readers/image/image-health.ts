import type { HealthSetting, ImageFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { alwaysSucceeds, argvAlwaysSucceeds } from '../shell/always-succeeds.ts';
import { commandTools } from '../shell/command-tools.ts';
import { missingProgram } from './holds-program.ts';

/** A health check as the engine runs it. */
export function healthArgv(health: HealthSetting, shell: readonly string[]): readonly string[] {
  const [kind, ...rest] = health.test;
  return kind === 'CMD-SHELL' ? [...shell, ...rest] : rest;
}

/** The part of a health check that makes it always succeed, or null. */
export function healthConstant(health: HealthSetting): string | null {
  const [kind, ...rest] = health.test;
  return kind === 'CMD-SHELL' ? alwaysSucceeds(rest[0] ?? '') : argvAlwaysSucceeds(rest);
}

/** The first program of a health check that the image does not hold, or null. */
export function healthMissingTool(view: LabView, image: ImageFacts, health: HealthSetting): Promise<string | null> {
  const [kind, first = ''] = health.test;
  return missingProgram(view, image, kind === 'CMD-SHELL' ? commandTools(first) : [first]);
}
