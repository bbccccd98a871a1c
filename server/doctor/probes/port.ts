import { createServer } from 'node:net';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';

/** Ports published by the course's containers: API, Airflow, pgAdmin, Grafana, Prometheus, databases, metrics registry. */
const COURSE_PORTS = [3000, 5050, 5432, 6379, 8000, 8080, 9090, 27_017];

/** The site's port and the course's ports: free, used by Escale, or used by another program. */
export const port: DoctorProbe = async ({ port: wanted, servedPort }) => [
  await sitePort(wanted, servedPort),
  await coursePorts(servedPort !== null),
];

async function sitePort(wanted: number, servedPort: number | null): Promise<DoctorItem> {
  const base = { id: 'port', title: 'Port du site' };
  if (servedPort !== null) return { ...base, state: 'ok', observed: `Le site est servi sur http://localhost:${servedPort}.` };
  if (await isFree(wanted)) return { ...base, state: 'ok', observed: `${wanted} est libre.` };
  const mend = 'Rien d’obligatoire : « npm start » prend le port libre suivant et le dit. Ou choisissez-en un : « npm start -- --port N ».';
  return { ...base, state: 'warning', observed: `${wanted} est pris par un autre programme.`, mend };
}

/** While Escale runs, it may use them itself to forward to the lab. */
async function coursePorts(escaleRuns: boolean): Promise<DoctorItem> {
  const base = { id: 'course-ports', title: 'Ports du cours' };
  const free = await Promise.all(COURSE_PORTS.map(isFree));
  const taken = COURSE_PORTS.filter((_, index) => !free[index]);
  if (taken.length === 0) return { ...base, state: 'ok', observed: `${COURSE_PORTS.join(', ')} sont libres.` };
  if (escaleRuns) {
    return {
      ...base,
      state: 'ok',
      observed: `En service : ${taken.join(', ')}. La liste « ports » de la page dit lesquels mènent au labo.`,
    };
  }
  return {
    ...base,
    state: 'warning',
    observed: `Déjà pris par d’autres programmes : ${taken.join(', ')}.`,
    mend: 'Rien d’obligatoire : le labo y répond à un autre port, que la page nomme. Pour l’adresse exacte du cours, arrêtez le programme qui tient le port.',
  };
}

/** Must be free on both loopback addresses, as a preview needs both. */
async function isFree(wanted: number): Promise<boolean> {
  const free = await Promise.all(['127.0.0.1', '::1'].map((host) => canListen(wanted, host)));
  return free.every(Boolean);
}

function canListen(wanted: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'));
    probe.listen({ port: wanted, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
