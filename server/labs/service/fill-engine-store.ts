import type { ServedImage } from '../../images/definitions.ts';
import type { LabSpec } from '../driver/definitions.ts';
import type { LabHost } from './lab-host.ts';

type Shelves = Pick<LabHost, 'images' | 'stores'>;

/**
 * The engine store that new labs of this kind can begin with: the one with all images, or else, while those of the later parts are being
 * made, the one with the images of the first part. Null where none is complete, or none can be given to them.
 */
export async function findEngineStore({ images, stores }: Shelves, spec: Pick<LabSpec, 'image' | 'isolation'>): Promise<string | null> {
  if (!mayShare(spec)) return null;
  const served = await images.served();
  return (await stores.find(served, spec)) ?? (await stores.find(firstPart(served), spec));
}

/** Which of the course's images a store is filled with: those that the first part needs, or all that the registry serves. */
export type StoredImages = 'first' | 'all';

/** The same; fills it with those images if it is missing, and removes old ones. */
export async function fillEngineStore(
  host: Shelves,
  spec: LabSpec,
  which: StoredImages,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string | null> {
  if (!mayShare(spec)) return null;
  const served = await host.images.served();
  const wanted = which === 'all' ? served : firstPart(served);
  if (wanted.length === 0) return null;
  const there = which === 'all' ? null : await findEngineStore(host, spec);
  const store = there ?? (await host.stores.prepare(wanted, spec, progress, signal));
  await host.stores.sweep(store);
  return store;
}

function firstPart(served: readonly ServedImage[]): ServedImage[] {
  return served.filter(({ later }) => later === undefined);
}

/** Without a user namespace of its own, whoever is root in a lab could write to what all labs read. */
function mayShare({ isolation }: Pick<LabSpec, 'isolation'>): boolean {
  return isolation === 'userns';
}
