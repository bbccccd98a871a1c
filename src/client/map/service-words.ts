import type { DrawnMap, MapNetwork, MapService } from '../../../contract/stack-map.ts';
import { networksOf } from './reach-steps.ts';
import { listWords, memoryWords, waitWords } from './state-words.ts';

/** What differs between the file and what runs, as sentences. */
export function differences(map: DrawnMap, service: MapService): string[] {
  const { container, networks, mode, name } = service;
  if (container === null) return [];
  const found: string[] = [];
  if (container.outdated) found.push(`Le conteneur date d’avant le fichier : \`docker compose up -d ${name}\` le recrée.`);
  if (mode === '') {
    const joined = networksOf(map, service);
    const missing = networks.filter((network) => !joined.includes(network));
    const extra = joined.filter((network) => !networks.includes(network));
    if (missing.length > 0) found.push(`Le fichier le met sur ${listWords(missing)}, le conteneur n’y est pas.`);
    if (extra.length > 0) found.push(`Le conteneur est sur ${listWords(extra)}, le fichier ne l’y met pas.`);
  }
  return found;
}

/** How a network differs on the engine from what the file asks for; undefined if it does not. */
export function networkDifference({ name, internal, subnets, actual }: MapNetwork): string | undefined {
  if (actual === null) return undefined;
  const other = subnets.filter((subnet) => !actual.subnets.includes(subnet));
  if (other.length > 0)
    return `Le fichier demande ${other.join(', ')}, le réseau a ${actual.subnets.join(', ') || 'une autre plage'} : \`docker compose down\`, puis \`docker compose up -d\`, le recrée.`;
  if (internal !== actual.internal)
    return `Le fichier le veut ${internal ? '`internal`' : 'ouvert'}, le réseau \`${name}\` ne l’est pas : recréez-le.`;
  return undefined;
}

/** « 5050 → 80 », for each port. */
export function portWords({ ports }: MapService): string[] {
  return ports.map(({ published, inside }) => (published === '' ? `? → ${inside}` : `${published} → ${inside}`));
}

/** « 3 % · 45 Mo »; empty while nothing was measured. */
export function loadWords({ container }: MapService): string {
  if (container === null || container.memoryBytes === null) return '';
  const memory = memoryWords(container.memoryBytes);
  return container.cpuPercent === null ? memory : `${container.cpuPercent} % · ${memory}`;
}

/** What it still waits for, if it has not started: « attend `postgres` sain ». */
export function waitingFor({ state, waitsFor }: MapService): string {
  if (state !== 'not-started' && state !== 'starting' && state !== 'absent') return '';
  const missing = waitsFor.filter(({ satisfied }) => !satisfied);
  return missing.length === 0 || state === 'absent' ? '' : `attend ${missing.map(waitWords).join(', ')}`;
}

/** What the drawing says of a service by where it stands and by marks, for screen readers. */
export function spokenRest(map: DrawnMap, service: MapService, criteria: readonly string[]): string {
  const { networks, mode } = service;
  const parts = [
    networks.length > 0 ? `réseaux ${networks.join(', ')}` : mode,
    differences(map, service).length > 0 && 'diffère du fichier',
    ...criteria.map((title) => `critère pas atteint : ${title}`),
  ];
  return parts.filter((part) => part !== '' && part !== false).join(', ');
}
