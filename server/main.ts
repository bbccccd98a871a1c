import { serve } from './serve.ts';

process.exitCode = await serve(process.argv.slice(2));
// The channel to the parent process would keep this process alive.
if (process.connected) process.disconnect();
