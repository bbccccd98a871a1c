import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe, PackageSource } from '../world.ts';
import { askSource } from './ask-source.ts';

/** Whether the package servers answer: the builds of lesson 1.3 install from PyPI and Debian. */
export const network: DoctorProbe = async ({ packageSources, proxy, extraAuthorities }) => {
  const items = await Promise.all(packageSources.map(source));
  return [...items, proxyItem(proxy), authoritiesItem(extraAuthorities)];
};

async function source({ name, url }: PackageSource): Promise<DoctorItem> {
  const base = { id: `network-${name.toLowerCase()}`, title: `Accès à ${name}` };
  if (url === null) {
    return {
      ...base,
      state: 'unknown',
      observed: `Les réglages de cette machine ne disent pas où est ${name}.`,
      mend: 'Rien à réparer tant que les builds des leçons passent : ils se servent de l’adresse que connaît leur image.',
    };
  }
  const answer = await askSource(url);
  if (!('refused' in answer)) return { ...base, state: 'ok', observed: `${new URL(url).host} répond.` };
  return {
    ...base,
    state: 'warning',
    observed: `${new URL(url).host} ne répond pas : ${answer.refused}`,
    mend: 'Les images de la leçon 1.3 installent leurs paquets de là : vérifiez le réseau, HTTP(S)_PROXY, NO_PROXY et les certificats (NODE_EXTRA_CA_CERTS).',
  };
}

function proxyItem(proxy: Readonly<Record<string, string>>): DoctorItem {
  const names = Object.entries(proxy).map(([name, value]) => `${name}=${withoutPassword(value)}`);
  return {
    id: 'proxy',
    title: 'Proxy',
    state: 'ok',
    observed: names.length === 0 ? 'Aucun.' : `${names.join(', ')}, transmis aux labos et aux builds`,
  };
}

function withoutPassword(value: string): string {
  return value.replace(/\/\/[^@/]*@/, '//***@');
}

function authoritiesItem(count: number): DoctorItem {
  const observed =
    count === 0 ? 'Aucune de plus que les publiques.' : `${count} propre(s) à cette machine, transmises aux labos et aux builds`;
  return { id: 'authorities', title: 'Autorités de certification', state: 'ok', observed };
}
