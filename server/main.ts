import { serve } from './serve.ts';

process.exitCode = await serve(process.argv.slice(2));
// The channel to the program that started us would keep this process alive.
if (process.connected) process.disconnect();
