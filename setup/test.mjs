import { spawnSync } from 'node:child_process';

const run = spawnSync('npx', ['vitest', 'run', '--project', 'unit'], { stdio: 'inherit' });
process.exit(run.status ?? 1);
