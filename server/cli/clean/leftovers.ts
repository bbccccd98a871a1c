import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { IMAGE_LABEL } from '../../images/build/engine-images.ts';
import { INSTANCE_LABEL } from '../../labs/driver/object-names.ts';

/** A folder with one of these files is an Escale state folder. */
const STATE_FILES = ['escale.db', 'lock.db'];

export interface Leftover {
  readonly kind: 'container' | 'network' | 'volume' | 'image';
  readonly id: string;
  /** The name shown to the user. */
  readonly name: string;
}

/** Everything that Escale created on this machine. */
export interface Leftovers {
  readonly objects: readonly Leftover[];
  /** State folders with files of Escale. */
  readonly folders: readonly string[];
}

/**
 * Finds all objects with our labels. With `only`: those of one state folder, without images and image stores, which state folders share.
 * Folders are also taken from labels, but only if they contain our database: a label alone is no proof.
 */
export async function findLeftovers(docker: Docker | null, where: { only: string | null; stateDir: string }): Promise<Leftovers> {
  const label = where.only === null ? INSTANCE_LABEL : `${INSTANCE_LABEL}=${where.only}`;
  const filters = { label: [label] };
  const [containers, networks, { Volumes: own }, images, { Volumes: stores }] =
    docker === null
      ? [[], [], { Volumes: [] }, [], { Volumes: [] }]
      : await Promise.all([
          docker.listContainers({ all: true, filters }),
          docker.listNetworks({ filters }),
          docker.listVolumes({ filters }),
          where.only === null ? docker.listImages({ filters: { label: [IMAGE_LABEL] } }) : [],
          where.only === null ? docker.listVolumes({ filters: { label: [IMAGE_LABEL] } }) : { Volumes: [] },
        ]);
  const volumes = [...(own ?? []), ...(stores ?? [])];
  const labelled = [...containers, ...networks, ...volumes].map(({ Labels }) => Labels?.[INSTANCE_LABEL]);
  const folders = new Set([where.stateDir, ...labelled.flatMap((folder) => (folder === undefined ? [] : [folder]))]);
  return {
    objects: [
      ...containers.map(({ Id, Names }) => ({ kind: 'container' as const, id: Id, name: Names[0]?.replace(/^\//, '') ?? Id })),
      ...networks.map(({ Id, Name }) => ({ kind: 'network' as const, id: Id, name: Name })),
      ...volumes.map(({ Name }) => ({ kind: 'volume' as const, id: Name, name: Name })),
      ...images.map(({ Id, RepoTags }) => ({ kind: 'image' as const, id: Id, name: RepoTags?.join(', ') ?? Id })),
    ],
    folders: [...folders].filter(isStateFolder),
  };
}

function isStateFolder(folder: string): boolean {
  return existsSync(folder) && (readdirSync(folder).length === 0 || STATE_FILES.some((name) => existsSync(join(folder, name))));
}

const KINDS: Record<Leftover['kind'], string> = { container: 'conteneur', network: 'réseau', volume: 'volume', image: 'image' };

/** The list that the user confirms. */
export function listText({ objects, folders }: Leftovers): string {
  const lines = [...objects.map(({ kind, name }) => `  ${KINDS[kind]} ${name}`), ...folders.map((folder) => `  dossier d’état ${folder}`)];
  return lines.length === 0 ? 'Il n’y a rien d’Escale sur cette machine.' : `À supprimer :\n${lines.join('\n')}`;
}
