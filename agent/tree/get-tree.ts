import { spawn } from 'node:child_process';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { AgentConfig } from '../config.ts';
import { errors } from '../errors.ts';
import { folderUnderHome, isFolder, stagingRoot } from './target.ts';

/** `tar` exits with 1 when a file changed while it was read; the archive is complete all the same. */
const CHANGED_WHILE_READ = 1;

/** Replies with a tar of a folder. Cuts the connection on a failure after the reply has begun. */
export async function getTree(config: AgentConfig, response: ServerResponse, from: string | null): Promise<void> {
  const folder = folderUnderHome(config, from);
  if (!(await isFolder(folder))) throw errors.treeTarget(from ?? config.project);
  const options = ['--create', '--file=-', '--numeric-owner', `--exclude=${stagingRoot(config)}`, `--directory=${folder}`, '.'];
  const tar = spawn('tar', options, { stdio: ['ignore', 'pipe', 'ignore'] });
  response.on('close', () => tar.kill('SIGKILL'));
  const ended = new Promise<number>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', (code) => resolve(code ?? 2));
  });
  response.writeHead(200, { 'content-type': 'application/x-tar' });
  await pipeline(tar.stdout, response, { end: false });
  const code = await ended;
  if (code > CHANGED_WHILE_READ) throw new Error(`tar ended with ${code}`);
  response.end();
}
