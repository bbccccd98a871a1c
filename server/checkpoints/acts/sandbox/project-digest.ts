import { createHash } from 'node:crypto';
import type { LabView } from '../../definitions.ts';

const LEFT_OUT = /(^|\/)(\.git|\.?venv|env|node_modules|__pycache__)(\/|$)|^(data|logs)(\/|$)|\.md$/;
const CODE = /\.py$|^requirements.*\.txt$|^config\//;
const FILES = 200;

/** What a run of the program depends on. */
export function codeDigest(view: LabView): Promise<string> {
  return digest(view, 'code', (path) => CODE.test(path));
}

/** What a start of the whole project depends on. */
export function projectDigest(view: LabView): Promise<string> {
  return digest(view, 'project', () => true);
}

function digest(view: LabView, name: string, wanted: (path: string) => boolean): Promise<string> {
  return view.once(`sandbox:digest:${name}`, async () => {
    const entries = (await view.entries())
      .filter(({ path, kind }) => kind === 'file' && !LEFT_OUT.test(path) && wanted(path))
      .slice(0, FILES);
    const texts = await Promise.all(entries.map(({ path }) => view.file(path)));
    const hash = createHash('sha256');
    for (const [index, { path, size }] of entries.entries()) hash.update(JSON.stringify([path, size, texts[index]]));
    return hash.digest('hex');
  });
}
