import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';

/** The value of a container's variable, or the content of the file that its `_FILE` variant names, as images of databases read them. */
export async function containerVariable(
  view: LabView,
  { id, env }: ContainerFacts,
  name: string,
  timeoutMs: number,
): Promise<string | null> {
  const value = (key: string) => env.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) || null;
  const file = value(`${name}_FILE`);
  if (!file) return value(name);
  const read = await view.engine.execIn(id, { argv: ['cat', file], timeoutMs });
  return read?.code === 0 ? read.output.trim() || null : value(name);
}
