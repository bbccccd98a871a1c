import { COMPOSE_RULES } from './compose-rules.ts';
import type { ComposeFault } from './model.ts';
import { shapeFault } from './shape-fault.ts';
import { READ_AGAIN } from './yaml-fault.ts';
import type { YamlSource } from './yaml-source.ts';

/** The fault that Compose reports in a valid YAML file. `settings`: the text of `.env`. `names`: what lies at the project's root. */
export function faultOfCompose(stderr: string, sources: readonly YamlSource[], settings = '', names: readonly string[] = []): ComposeFault {
  const said = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !/level=warning/.test(line))
    .join('\n');
  const file = sources[0]?.file ?? '';
  const shape = shapeFault(sources);
  if (shape) return { file, ...shape };
  for (const [pattern, make] of COMPOSE_RULES) {
    const match = pattern.exec(said);
    if (match) return { file, ...make(match, sources, { settings, names }) };
  }
  const line = Number(/line (\d+)/.exec(said)?.[1] ?? 0);
  return {
    code: 'compose.invalid',
    file,
    line: line || null,
    what: `Compose refuse ce fichier : « ${said.split('\n').slice(0, 3).join(' ').slice(0, 400)} »`,
    look: READ_AGAIN,
  };
}
