import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { placeOfFailure } from '../logs/read-failure.ts';
import { lineOfCode } from '../python/project-code.ts';
import { type Api, inProject } from './the-api.ts';

const FILES = 30;
/** Where code reads or writes a cache. */
export const CACHED = /get_cached|cache_key|cached\(|through\(|setex|hset\(|\.set\(/;

/** A Python file of the API. `path` is relative to its build's context. */
export interface CodeFile {
  readonly path: string;
  readonly text: string;
}

/** The API's own Python files, `main.py` first. */
export function apiCode(view: LabView, api: Api): Promise<readonly CodeFile[]> {
  return view.once('api-code', async () => {
    const root = api.folder === '' ? '' : `${api.folder}/`;
    const inside = (await view.entries()).filter(({ path, kind }) => kind === 'file' && path.startsWith(root) && path.endsWith('.py'));
    const paths = inside
      .map(({ path }) => path.slice(root.length))
      .filter((path) => !/(^|\/)(\.?venv|env|tests?|node_modules|site-packages)\//.test(path))
      .sort((a, b) => Number(/(^|\/)main\.py$/.test(b)) - Number(/(^|\/)main\.py$/.test(a)) || a.localeCompare(b))
      .slice(0, FILES);
    const read = await Promise.all(paths.map(async (path) => ({ path, text: await view.file(inProject(api, path)) })));
    return read.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
  });
}

/** The first line of the API's code that matches a pattern, comments left out. Null if there is none. */
export async function findInApi(view: LabView, api: Api, pattern: RegExp): Promise<Where | null> {
  for (const { path, text } of await apiCode(view, api)) {
    const line = lineOfCode(text, pattern);
    if (line !== null) return { file: inProject(api, path), line, service: api.name };
  }
  return null;
}

/** The place of the first pattern that the code has; otherwise its first file, or the Dockerfile. */
export async function placeInApi(view: LabView, api: Api, ...patterns: readonly RegExp[]): Promise<Where> {
  for (const pattern of patterns) {
    const found = await findInApi(view, api, pattern);
    if (found) return found;
  }
  const [first] = await apiCode(view, api);
  return { file: first ? inProject(api, first.path) : api.dockerfile, service: api.name };
}

/** The last place of a traceback in the API's own files. Null if it names none. */
export async function tracedInApi(view: LabView, api: Api, log: string): Promise<Where | null> {
  const files = (await apiCode(view, api)).map(({ path }) => path);
  const { file, ...line } = placeOfFailure(log, files);
  return file === undefined ? null : { file: inProject(api, file), ...line, service: api.name };
}
