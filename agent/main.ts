import { createAgentServer } from './agent-server.ts';
import { readConfig } from './config.ts';
import { Engine } from './docker/engine.ts';
import { dropSparePipes } from './exec/pipes.ts';
import { log } from './log.ts';
import { Terminals } from './terminals/terminals.ts';
import { sweepStaging } from './tree/put-tree.ts';

const config = readConfig();
const terminals = new Terminals(config);
const server = createAgentServer(config, { terminals, engine: new Engine(config) });

const stop = (signal: string): void => {
  log('stopping', { signal });
  terminals.closeAll();
  dropSparePipes().catch((error: unknown) => log('stopping', { cause: String(error) }));
  server.close();
  server.closeAllConnections();
  setTimeout(() => process.exit(0), 1500).unref();
};
// The shells end with this process, so an unexpected error on one connection must not end it.
process.on('uncaughtException', (error) => log('fault', { cause: error.stack ?? String(error) }));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

await sweepStaging(config).catch((error: unknown) => log('sweep', { cause: String(error) }));
server.listen(config.port, config.host, () => {
  const address = server.address();
  log('ready', { port: typeof address === 'object' && address !== null ? address.port : config.port });
});
