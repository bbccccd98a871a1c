import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const COMMANDS = fileURLToPath(new URL('../../../lab-stack/commands/', import.meta.url));

/** The commands that finish a task once its files are there. Empty if the task only needs files. */
export async function typedFor(task: string): Promise<string[]> {
  const script = `${COMMANDS}${task}.sh`;
  if (!existsSync(script)) return [];
  return (await readFile(script, 'utf8')).split('\n').filter(Boolean);
}
