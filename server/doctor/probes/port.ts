import { createServer } from 'node:net';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';

/** What the course's containers publish: API, Airflow, pgAdmin, Grafana, Prometheus, the databases, the registry of metrics. */
const COURSE_PORTS = [3000, 5050, 5432, 6379, 8000, 8080, 9090, 27_017];

/** The port of the site, and those that the course's addresses name: free, ours already, or somebody else's. */
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

/** While Escale runs it may hold them itself: they lead to the lab then. */
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

/** On both addresses of loopback, as a preview needs it. */
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
