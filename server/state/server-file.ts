import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { StateFolder } from './state-folder.ts';

const serverFileSchema = z.object({
  pid: z.number().int().positive(),
  port: z.number().int().min(1).max(65_535),
  /** Gives access to the routes of the command line. Whoever can read the file owns the state folder. */
  token: z.string().min(20).max(200),
});

/** The file by which the command line finds the running server. */
export type ServerFile = z.infer<typeof serverFileSchema>;

export function writeServerFile(folder: StateFolder, content: ServerFile): void {
  const draft = `${folder.serverFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(content), { mode: 0o600 });
  renameSync(draft, folder.serverFile);
}

/** Null if there is no file or it cannot be parsed. A killed server leaves its file behind. */
export function readServerFile(folder: StateFolder): ServerFile | null {
  try {
    return serverFileSchema.parse(JSON.parse(readFileSync(folder.serverFile, 'utf8')));
  } catch {
    // Absent or invalid: the same as no server.
    return null;
  }
}

export function removeServerFile(folder: StateFolder): void {
  rmSync(folder.serverFile, { force: true });
}
