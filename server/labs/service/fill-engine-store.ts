import type { LabSpec } from '../driver/definitions.ts';
import type { LabHost } from './lab-host.ts';

type Shelves = Pick<LabHost, 'images' | 'stores'>;

/** The engine store that new labs of this kind can begin with; null where none is complete, or none can be given to them. */
export async function findEngineStore({ images, stores }: Shelves, spec: Pick<LabSpec, 'image' | 'isolation'>): Promise<string | null> {
  return mayShare(spec) ? await stores.find(await images.served(), spec) : null;
}

/** The same; fills it with the images that the registry serves if it is missing, and removes old ones. */
export async function fillEngineStore(
  { images, stores }: Shelves,
  spec: LabSpec,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string | null> {
  if (!mayShare(spec)) return null;
  const served = await images.served();
  if (served.length === 0) return null;
  const store = await stores.prepare(served, spec, progress, signal);
  await stores.sweep(store);
  return store;
}

/** Without a user namespace of its own, whoever is root in a lab could write to what all labs read. */
function mayShare({ isolation }: Pick<LabSpec, 'isolation'>): boolean {
  return isolation === 'userns';
}
