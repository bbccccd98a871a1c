import { TRIAL_LABEL } from '../../../lab-engine/trial-names.ts';
import type { ComposeDocument, DocumentService } from './compose-document.ts';
import { ownIpam, withOwnSubnets } from './own-subnets.ts';

export interface SandboxTerms {
  readonly trial: string;
  /** The Compose project's name, with which all names of the sandbox begin. */
  readonly project: string;
  /** The folder of the copied project, where the document was resolved. */
  readonly folder: string;
  /** The services to keep. */
  readonly keep: readonly string[];
}

/** Parts of a service that would reach beyond the sandbox: ports, fixed names, restarts. */
const LEFT_OUT = [
  'ports',
  'container_name',
  'restart',
  'profiles',
  'scale',
  'external_links',
  'env_file',
  'develop',
  'network_mode',
  'volumes_from',
];
/** Folders of the machine that the sandbox may mount read-only. */
const READABLE = /^\/(etc|usr\/share)\//;

/** The learner's Compose document made harmless: the same services, images, variables and mounts, with the trial's own names, networks and volumes. */
export function sandboxDocument(document: ComposeDocument, terms: SandboxTerms): ComposeDocument {
  const services = Object.entries(document.services).filter(([name]) => terms.keep.includes(name));
  const fixed = Object.keys(document.networks ?? {}).filter((name) => Object.keys(ownIpam(document.networks?.[name])).length > 0);
  return withOwnSubnets({
    ...document,
    name: terms.project,
    services: Object.fromEntries(services.map(([name, service]) => [name, sandboxService(name, service, { ...terms, fixed })])),
    networks: mapValues({ default: null, ...document.networks }, (network) => ({
      ...pick(network, ['driver', 'internal', 'enable_ipv6']),
      ...ownIpam(network),
      labels: labels(terms),
    })),
    volumes: mapValues(document.volumes ?? {}, (volume) => ({ ...ownVolume(volume), labels: labels(terms) })),
  });
}

/** The folders that must exist before containers can mount them. */
export function boundFolders(document: ComposeDocument, folder: string): string[] {
  const mounts = Object.values(document.services).flatMap(({ volumes = [] }) => volumes);
  return [
    ...new Set(mounts.filter(({ type, source }) => type === 'bind' && source?.startsWith(`${folder}/`)).map(({ source = '' }) => source)),
  ];
}

/** `fixed`: the networks whose addresses the file may choose. */
type ServiceTerms = SandboxTerms & { readonly fixed: readonly string[] };

function sandboxService(name: string, service: DocumentService, terms: ServiceTerms): DocumentService {
  const kept = omit(service, LEFT_OUT);
  const image = service.build === undefined ? {} : { image: `${terms.project}-${name}`, build: sandboxBuild(service.build, terms) };
  const shared = /^service:(.+)$/.test(service.network_mode ?? '') ? { network_mode: service.network_mode } : null;
  return {
    ...kept,
    ...image,
    restart: 'no',
    labels: { ...service.labels, ...labels(terms) },
    depends_on: Object.fromEntries(Object.entries(service.depends_on ?? {}).filter(([needed]) => terms.keep.includes(needed))),
    volumes: (service.volumes ?? []).map((mount, index) => sandboxMount(mount, `${terms.folder}/.outside/${name}-${index}`, terms.folder)),
    ...(shared ?? { networks: sandboxNetworks(service, terms) }),
  };
}

function sandboxBuild(build: NonNullable<DocumentService['build']>, terms: SandboxTerms): DocumentService['build'] {
  return { ...omit(build, ['tags', 'cache_to', 'platforms', 'privileged']), labels: labels(terms) };
}

/** Other services may address a container by its own name, so the name becomes an alias. */
function sandboxNetworks(
  { networks, container_name: own }: DocumentService,
  { fixed }: ServiceTerms,
): NonNullable<DocumentService['networks']> {
  const known = Object.entries(networks ?? { default: null });
  return Object.fromEntries(known.map(([name, network]) => [name, sandboxEndpoint(network, own, fixed.includes(name))]));
}

function sandboxEndpoint(
  network: Record<string, unknown> | null,
  own: string | undefined,
  isFixed: boolean,
): Record<string, unknown> | null {
  const aliases = [...(Array.isArray(network?.aliases) ? network.aliases : []), ...(own === undefined ? [] : [own])];
  const kept = { ...(isFixed ? pick(network, ['ipv4_address']) : {}), ...(aliases.length > 0 ? { aliases } : {}) };
  return Object.keys(kept).length > 0 ? kept : null;
}

/** A mount from outside the project is read-only, or replaced by an empty folder. */
function sandboxMount(mount: Mount, empty: string, folder: string): Mount {
  if (mount.type !== 'bind' || mount.source?.startsWith(`${folder}/`) || mount.source === folder) return mount;
  return READABLE.test(mount.source ?? '') ? { ...mount, read_only: true } : { ...mount, source: empty };
}

type Mount = NonNullable<DocumentService['volumes']>[number];

/** A volume in memory remains one, because that is why it loses its data. */
function ownVolume(volume: object | null): object {
  const options = pick(pick(volume, ['driver_opts']).driver_opts, ['type', 'device', 'o']);
  return options.type === 'tmpfs' ? { driver_opts: options } : {};
}

function labels({ trial }: SandboxTerms): Record<string, string> {
  return { [TRIAL_LABEL]: trial };
}

function mapValues<T, R>(record: Record<string, T>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function pick(from: unknown, keys: readonly string[]): Record<string, unknown> {
  const entries = typeof from === 'object' && from !== null ? Object.entries(from) : [];
  return Object.fromEntries(entries.filter(([key]) => keys.includes(key)));
}

function omit<T extends object>(from: T, keys: readonly string[]): T {
  return { ...from, ...Object.fromEntries(keys.map((key) => [key, undefined])) };
}
