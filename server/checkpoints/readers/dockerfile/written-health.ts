import type { HealthSetting } from '../../../lab-engine/definitions.ts';
import { lastOf } from './final-image.ts';
import type { FinalImage, Instruction } from './model.ts';

export type WrittenHealth =
  | { readonly state: 'absent' }
  | { readonly state: 'none'; readonly instruction: Instruction }
  | { readonly state: 'written'; readonly instruction: Instruction; readonly health: HealthSetting };

/** The HEALTHCHECK that counts: the last one of the final image. */
export function writtenHealth(image: FinalImage): WrittenHealth {
  const instruction = lastOf(image, 'HEALTHCHECK');
  if (!instruction) return { state: 'absent' };
  if (/^NONE\b/i.test(instruction.text)) return { state: 'none', instruction };
  const test = instruction.json ? ['CMD', ...instruction.json] : ['CMD-SHELL', instruction.text.replace(/^CMD\s+/i, '')];
  return { state: 'written', instruction, health: { test } };
}
