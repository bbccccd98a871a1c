import { posix } from 'node:path';
import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { copiedSources, plainSource } from '../dockerfile/copied-sources.ts';
import { at, written } from '../dockerfile/quote.ts';
import { type Api, inProject } from './the-api.ts';

/** The first `COPY` of what the API's build does not find in its context. Null if there is none. */
export async function missingCopy(view: LabView, api: Api): Promise<{ path: string; written: string; where: Where } | null> {
  const paths = (await view.entries()).map(({ path }) => path);
  const isThere = (path: string) => path === '' || path === '.' || paths.some((one) => one === path || one.startsWith(`${path}/`));
  for (const instruction of api.final?.instructions ?? []) {
    for (const source of copiedSources(instruction)) {
      const path = posix.normalize(inProject(api, plainSource(source)));
      if (!isThere(path)) return { path, written: written(instruction), where: at(instruction) };
    }
  }
  return null;
}
