import { createServer } from 'node:net';
import type { DoctorProbe } from '../world.ts';

/** The port of the site: free, ours already, or somebody else's. */
export const port: DoctorProbe = async ({ port: wanted, servedPort }) => {
  const base = { id: 'port', title: 'Port du site' };
  if (servedPort !== null) return [{ ...base, state: 'ok', observed: `Le site est servi sur http://localhost:${servedPort}.` }];
  if (await isFree(wanted)) return [{ ...base, state: 'ok', observed: `${wanted} est libre.` }];
  const mend = 'Rien à faire : « npm start » prend le port libre suivant et le dit. Ou choisissez-en un : « npm start -- --port N ».';
  return [{ ...base, state: 'warning', observed: `${wanted} est pris par un autre programme.`, mend }];
};

function isFree(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen({ port: wanted, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
