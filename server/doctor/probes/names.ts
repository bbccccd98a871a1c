import { lookup } from 'node:dns/promises';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';

/** Whether names resolve. Labs and builds use the engine's resolver, which uses this machine's. */
export const names: DoctorProbe = async ({ packageSources, proxy }) => {
  const hosts = [...new Set(packageSources.flatMap(({ url }) => (url === null ? [] : [new URL(url).hostname])))];
  if (hosts.length === 0) return [];
  const failures = (await Promise.all(hosts.map(failure))).filter((text) => text !== null);
  return [item(hosts, failures, Object.keys(proxy).length > 0)];
};

async function failure(host: string): Promise<string | null> {
  try {
    await lookup(host);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return `${host} (${code})`;
  }
}

function item(hosts: readonly string[], failures: readonly string[], proxied: boolean): DoctorItem {
  const base = { id: 'names', title: 'Résolution des noms' };
  if (failures.length === 0) return { ...base, state: 'ok', observed: `${hosts.join(', ')} : trouvés.` };
  const observed = `Introuvables : ${failures.join(', ')}.`;
  if (proxied) return { ...base, state: 'ok', observed: `${observed} Le proxy les résout à leur place.` };
  return {
    ...base,
    state: 'warning',
    observed,
    mend: 'Vérifiez /etc/resolv.conf et le réseau ; le moteur Docker reprend ces réglages à son démarrage.',
  };
}
