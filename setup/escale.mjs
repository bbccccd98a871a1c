#!/usr/bin/env node
import { join } from 'node:path';
import { Board } from './lib/board.mjs';
import { dependenciesMatch } from './lib/dependencies.mjs';
import { foreground } from './lib/foreground.mjs';
import { ROOT } from './lib/paths.mjs';
import { prepareRuntime } from './lib/prepare.mjs';
import { environmentWith, findRightNode } from './lib/right-node.mjs';
import { runCommand } from './lib/run-command.mjs';
import { serve } from './serve.mjs';

// Standard output belongs to the command, so progress of the preparation goes to standard error.
const [verb, ...rest] = process.argv.slice(2);
await runCommand(() => (verb === 'serve' ? serve(rest) : command(process.argv.slice(2))));

/** @param {readonly string[]} args */
async function command(args) {
  const node = findRightNode();
  const runtime = node && dependenciesMatch() ? { node, env: environmentWith(node) } : await prepareRuntime(new Board());
  const program = ['--disable-warning=ExperimentalWarning', join(ROOT, 'server', 'cli', 'main.ts'), ...args];
  return foreground(runtime.node, program, { env: runtime.env, sharesTerminal: true, cwd: process.cwd() });
}
