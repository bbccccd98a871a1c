import type { Preview } from '../../contract/workspace.ts';
import type { PublishedPort } from '../lab-engine/definitions.ts';

/** Container ports that no browser can show: Redis, PostgreSQL, MySQL, MongoDB, AMQP, SSH. */
const NO_PAGE = new Set([22, 3306, 5432, 5672, 6379, 27_017]);

export function toPreview(port: PublishedPort, hostPort: number | null, diagnosis: Pick<Preview, 'state' | 'problem'>): Preview {
  const { container, service, published, inside } = port;
  const base = { container, ...(service === undefined ? {} : { service }), published, inside };
  if (hostPort === null) return { ...base, address: null, state: 'silent', problem: noPort(published) };
  const address = `localhost:${hostPort}`;
  return { ...base, address, ...(NO_PAGE.has(inside) ? {} : { url: `http://${address}` }), ...diagnosis };
}

function noPort(published: number): NonNullable<Preview['problem']> {
  return {
    code: 'preview.no-port',
    message: `Ni le port ${published} ni ceux qui le remplaceraient ne sont libres sur cette machine.`,
    hint: 'Arrêtez le programme qui les tient, puis recréez le conteneur.',
  };
}
