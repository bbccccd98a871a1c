import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { AgentConfig } from '../../agent/config.ts';

const MEMORY = '/dev/shm';

/** A new folder, in memory where memory is a file system: many saves then need not wait for a disk. */
export function quickFolder(): Promise<string> {
  return mkdtemp(`${existsSync(MEMORY) ? MEMORY : tmpdir()}/escale-test-`);
}

/** The configuration of an agent's file service whose learner is this process, for the project folder under `home`. */
export function agentConfig(home: string): AgentConfig {
  return {
    token: '',
    host: '127.0.0.1',
    port: 0,
    user: 'dataeng',
    uid: process.getuid?.() ?? 0,
    gid: process.getgid?.() ?? 0,
    home,
    project: `${home}/project`,
    keptTerminals: '/nonexistent/terminals.json',
    dockerSocket: '',
    engineCommand: [],
    passedOn: {},
  };
}
