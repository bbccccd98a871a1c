import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { terminalIdSchema } from '../../contract/terminal.ts';
import { errorCode } from '../errors.ts';
import { log } from '../log.ts';

const keptSchema = z.object({ id: terminalIdSchema, folder: z.string().max(4096), output: z.base64().max(1024 * 1024) });
const fileSchema = z.array(keptSchema).max(20);

/** What the next shell with this id begins with: the folder of the last one, and what it had written (base64, the latest bytes). */
export type KeptTerminal = z.infer<typeof keptSchema>;

/** Ends whatever mode the last program left the screen in: alternate screen (by 1047, which leaves the cursor), colours, hidden cursor, paste marks. */
const PLAIN = '\x1b[?1047l\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1l\x1b>';
const NOTICE =
  '\x1b[2m— Le labo s’est arrêté ici. L’affichage et le dossier sont repris ; les variables et les programmes ne le sont pas. —\x1b[0m';

/** The text that a kept terminal begins with. */
export function keptText({ output }: KeptTerminal): Buffer {
  return Buffer.concat([Buffer.from(output, 'base64'), Buffer.from(`${PLAIN}\r\n${NOTICE}\r\n`)]);
}

/** Writes at once: the process is about to end. */
export function keepTerminals(file: string, terminals: readonly KeptTerminal[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(terminals), { mode: 0o600 });
  } catch (error) {
    if (errorCode(error) === null) throw error;
    log('terminals not kept', { cause: String(error) });
  }
}

/** Reads them once: another end of the agent keeps its own. */
export function takeKeptTerminals(file: string): Map<string, KeptTerminal> {
  try {
    const text = readFileSync(file, 'utf8');
    rmSync(file, { force: true });
    const kept = fileSchema.safeParse(JSON.parse(text));
    return new Map(kept.success ? kept.data.map((terminal) => [terminal.id, terminal]) : []);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') log('terminals not read', { cause: String(error) });
    return new Map();
  }
}

/** The folder, if it is still there. */
export function existingFolder(path: string | undefined): string | null {
  try {
    return path !== undefined && statSync(path).isDirectory() ? path : null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
