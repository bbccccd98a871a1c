import { z } from 'zod';
import { createSource } from './source-server.ts';

/** The entry point of the data source. Only this file reads the environment. */
const port = z.coerce.number().int().min(1).max(65_535);
const environment = z
  .object({
    SOURCE_TOKEN: z.string().min(16),
    /** The source's address as seen from the lab. The control port listens on all addresses, protected by the gate's firewall. */
    SOURCE_ADDRESS: z.ipv4(),
    SOURCE_PORT: port,
    SOURCE_CONTROL_PORT: port,
  })
  .parse(process.env);

const { data, control } = createSource(environment.SOURCE_TOKEN);
data.listen(environment.SOURCE_PORT, environment.SOURCE_ADDRESS);
control.listen(environment.SOURCE_CONTROL_PORT, '0.0.0.0');
process.on('SIGTERM', () => process.exit(0));
