import { posix } from 'node:path';

/** A file of the project that code of the project imports. */
export interface OwnImport {
  /** As written: `src.extract`. */
  readonly module: string;
  readonly file: string;
  readonly importer: string;
}

interface Source {
  readonly path: string;
  readonly text: string;
}

const IMPORT = /^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]+\(?([\w \t,]+)|import[ \t]+([\w., \t]+))/gm;

/** The files of the project that a program imports, itself or through others, in their order. */
export function ownImports(program: string, files: readonly Source[]): OwnImport[] {
  const found: OwnImport[] = [];
  const visit = (importer: string): void => {
    for (const { module, file } of importsOf(importer, files, posix.dirname(program))) {
      if (file === program || found.some((one) => one.file === file)) continue;
      found.push({ module, file, importer });
      visit(file);
    }
  };
  visit(program);
  return found;
}

function importsOf(importer: string, files: readonly Source[], root: string): { module: string; file: string }[] {
  const text = files.find(({ path }) => path === importer)?.text ?? '';
  return [...text.matchAll(IMPORT)].flatMap(([, from, names = '', modules = '']) => {
    const wanted = from === undefined ? listed(modules) : [...listed(names).map((name) => joined(from, name)), from];
    return wanted.flatMap((module) => {
      const file = fileOf(module, importer, root, files);
      return file === null ? [] : [{ module, file }];
    });
  });
}

/** `a as b, c` */
function listed(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim().split(/\s+/)[0] ?? '')
    .filter(Boolean);
}

function joined(from: string, name: string): string {
  return /\.$/.test(from) ? `${from}${name}` : `${from}.${name}`;
}

function fileOf(module: string, importer: string, root: string, files: readonly Source[]): string | null {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const folder = dots === 0 ? root : posix.join(posix.dirname(importer), ...Array(dots - 1).fill('..'));
  const path = posix.join(folder, module.slice(dots).replaceAll('.', '/'));
  return [`${path}.py`, `${path}/__init__.py`].find((file) => files.some((one) => one.path === file)) ?? null;
}
