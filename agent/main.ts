import { createAgentServer } from './agent-server.ts';
import { readConfig } from './config.ts';
import { Engine } from './docker/engine.ts';
import { dropSparePipes } from './exec/pipes.ts';
import { log } from './log.ts';
import { Terminals } from './terminals/terminals.ts';
import { sweepStaging } from './tree/put-tree.ts';

/** Maximum time for the shells to save their history and end. */
const STOP_MS = 1500;

const config = readConfig();
const terminals = new Terminals(config);
const server = createAgentServer(config, { terminals, engine: new Engine(config) });

const stop = async (signal: string): Promise<void> => {
  log('stopping', { signal });
  setTimeout(() => process.exit(0), STOP_MS).unref();
  const ended = terminals.closeAll();
  server.close();
  server.closeAllConnections();
  const outcomes = await Promise.allSettled([ended, dropSparePipes()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') log('stopping', { cause: String(outcome.reason) });
  process.exit(0);
};
// The shells end with this process, so an unexpected error on one connection must not end it.
process.on('uncaughtException', (error) => log('fault', { cause: error.stack ?? String(error) }));
process.once('SIGTERM', (signal) => void stop(signal));
process.once('SIGINT', (signal) => void stop(signal));

await sweepStaging(config).catch((error: unknown) => log('sweep', { cause: String(error) }));
server.listen(config.port, config.host, () => {
  const address = server.address();
  // For the driver, which follows what the lab's container writes.
  process.stdout.write('escale-step agent\n');
  log('ready', { port: typeof address === 'object' && address !== null ? address.port : config.port });
});
