import type { LabView } from '../../definitions.ts';
import type { ComposeService } from '../compose/model.ts';

/** Where the images of PostgreSQL up to 17 keep their data. */
export const PGDATA = '/var/lib/postgresql/data';

/** The major version that a service runs: by its tag, else by the image that the engine holds; null where neither tells. */
export async function majorOf(view: LabView, image: string): Promise<number | null> {
  const tag = /:([^/@]+)(@|$)/.exec(image)?.[1] ?? '';
  const byTag = (/pg(\d{1,2})/.exec(tag) ?? /(?:^|[-_v])(\d{1,2})(?:[.-]|$)/.exec(tag))?.[1];
  if (byTag && !image.includes('@')) return Number(byTag);
  const env = (await view.engine.image(image))?.env ?? [];
  const byImage = env.map((variable) => /^PG_(?:MAJOR|VERSION)=(\d+)/.exec(variable)?.[1]).find((found) => found !== undefined);
  return Number(byImage ?? byTag) || null;
}

/** Where a service keeps its data. */
export async function pgdataOf(view: LabView, { environment }: ComposeService, image: string): Promise<string> {
  const own = environment.PGDATA;
  if (own) return own.replace(/(?<=.)\/+$/, '');
  const env = (await view.engine.image(image))?.env ?? [];
  return env.find((variable) => variable.startsWith('PGDATA='))?.slice('PGDATA='.length) || PGDATA;
}
