#!/usr/bin/env node
import { runCommand } from './lib/run-command.mjs';
import { serve } from './serve.mjs';

await runCommand(() => serve(process.argv.slice(2)));
