import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { AgentConfig } from '../config.ts';
import { mirror } from './mirror.ts';
import { folderUnderHome, makeWay, stagingRoot } from './target.ts';
import { unpack } from './unpack.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Makes a folder equal to the content of a tar. Unpacks and checks it in a staging folder first, so that a refused archive changes nothing.
 * One at a time.
 */
export function putTree(config: AgentConfig, tar: Readable, to: string | null): Promise<void> {
  const target = folderUnderHome(config, to);
  const put = last.then(() => putNow(config, tar, target));
  last = put.catch(() => undefined);
  return put;
}

/** Removes the staging folders that a killed agent left. */
export function sweepStaging(config: AgentConfig): Promise<void> {
  return rm(stagingRoot(config), { recursive: true, force: true });
}

async function putNow(config: AgentConfig, tar: Readable, target: string): Promise<void> {
  const owner = { uid: config.uid, gid: config.gid };
  const staging = `${stagingRoot(config)}/${randomBytes(8).toString('hex')}`;
  await sweepStaging(config);
  try {
    await mkdir(staging, { recursive: true, mode: 0o700 });
    await unpack(tar, staging, owner);
    await makeWay(config, target);
    await mirror(staging, target, owner);
  } finally {
    await sweepStaging(config);
  }
}
