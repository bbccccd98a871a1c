import { openControl } from '../control/open-control.ts';
import { readEnvironment } from '../environment.ts';
import { runCli } from './cli.ts';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());

const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, cwd: process.cwd() };
const status = await runCli(process.argv.slice(2), { io, readEnvironment, openControl, signal: interrupted.signal });
// Connections kept alive must not keep a finished command; what was written is let through first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
