import { posix } from 'node:path';
import type { LabView } from '../../definitions.ts';
import { dockerfileName } from '../dockerfile/read-dockerfile.ts';
import { localPath } from './local-path.ts';
import { standardLibrary } from './standard-library.ts';

export const REQUIREMENTS = 'requirements.txt';

export interface Requirement {
  /** Normalised like on PyPI: lower case, `-` between words. */
  readonly name: string;
  /** The required version, as written: `==2.1.3`. Empty if there is none. */
  readonly version: string;
  readonly pinned: 'exactly' | 'within' | 'no';
  readonly file: string;
  readonly line: number;
}

/** A list of dependencies, including the lists that it includes. A constraint file adds versions to entries without one. */
export interface Requirements {
  readonly all: readonly Requirement[];
  /** A line that pip cannot read. */
  readonly unreadable: Line | null;
  /** A line that names a path of another machine. */
  readonly elsewhere: (Line & { readonly path: string }) | null;
}

interface Line {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

interface Draft {
  readonly all: Requirement[];
  readonly constraints: Requirement[];
  unreadable: Requirements['unreadable'];
  elsewhere: Requirements['elsewhere'];
}

const DEPTH = 5;

export async function readRequirements(view: LabView): Promise<Requirements> {
  const draft: Draft = { all: [], constraints: [], unreadable: null, elsewhere: null };
  await readFile(view, REQUIREMENTS, draft, false, 0);
  for (const lock of await locksOf(view)) await readFile(view, lock, draft, true, 0);
  const pins = new Map(draft.constraints.map((constraint) => [constraint.name, constraint]));
  const all = draft.all.map((one) => (one.pinned === 'exactly' ? one : { ...one, ...versionOf(pins.get(one.name) ?? one) }));
  return { all, unreadable: draft.unreadable, elsewhere: draft.elsewhere };
}

/** Whether pip refuses the list before it installs anything. */
export function refusedBefore({ all, unreadable, elsewhere }: Requirements): boolean {
  return unreadable !== null || elsewhere !== null || all.some(({ name }) => standardLibrary(name) === 'no-package');
}

/** Whether the project contains the package that a path names, as with wheels for a build without a network. */
async function isAtHand(view: LabView, path: string): Promise<boolean> {
  const name = posix.basename(path.replaceAll('\\', '/'));
  return (await view.entries()).some((entry) => posix.basename(entry.path) === name);
}

function versionOf({ version, pinned }: Requirement): Pick<Requirement, 'version' | 'pinned'> {
  return { version, pinned };
}

/** Other lists that the Dockerfile installs, such as a lock file beside a list without versions. */
async function locksOf(view: LabView): Promise<string[]> {
  const dockerfile = (await view.file(await dockerfileName(view))) ?? '';
  const names = (await view.entries()).filter(
    ({ kind, path }) => kind === 'file' && /(requirements|constraints)[\w.-]*\.(txt|lock)$/.test(path),
  );
  return names.map(({ path }) => path).filter((path) => path !== REQUIREMENTS && dockerfile.includes(posix.basename(path)));
}

async function readFile(view: LabView, file: string, draft: Draft, asConstraint: boolean, depth: number): Promise<void> {
  const source = depth > DEPTH ? null : await view.file(file);
  for (const { text, line } of logicalLines(source ?? '')) {
    const other = /^(-r|--requirement|-c|--constraint)[\s=]+(\S+)/.exec(text);
    if (other) {
      const next = posix.join(posix.dirname(file), other[2] ?? '');
      await readFile(view, next, draft, asConstraint || /^(-c|--c)/.test(other[1] ?? ''), depth + 1);
      continue;
    }
    const path = localPath(text);
    if (path !== null && !(await isAtHand(view, path))) draft.elsewhere ??= { file, line, text, path };
    if (text.startsWith('-') || /^([.~/]|https?:|file:|git\+|[A-Za-z]:[\\/])/.test(text)) continue;
    const requirement = parse(text, file, line);
    if (requirement) (asConstraint ? draft.constraints : draft.all).push(requirement);
    else draft.unreadable ??= { file, line, text };
  }
}

/** Lines without comments, with continuation lines joined. */
function logicalLines(source: string): { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = [];
  let open: { text: string; line: number } | null = null;
  for (const [index, raw] of source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const bare = raw.replace(/(^|\s)#.*$/, '');
    const text: string = `${open?.text ?? ''} ${bare.replace(/\\\s*$/, '')}`.trim();
    const line: number = open?.line ?? index + 1;
    open = /\\\s*$/.test(bare) ? { text, line } : null;
    if (!open && text !== '') lines.push({ text, line });
  }
  return lines;
}

function parse(text: string, file: string, line: number): Requirement | null {
  const match =
    /^([A-Za-z0-9][\w.-]*?)\s*(\[[^\]]*\])?\s*(@\s*\S+|\(?\s*(?:(?:===?|~=|!=|[<>]=?)\s*[\w.*+!-]+\s*,?\s*)*\)?)\s*(;.*)?(\s+--\S+.*)?$/.exec(
      text,
    );
  if (!match) return null;
  const version = (match[3] ?? '').replace(/[\s()]/g, '');
  return { name: distribution(match[1] ?? ''), version, pinned: pinOf(version), file, line };
}

function pinOf(version: string): Requirement['pinned'] {
  if (version.startsWith('@') || /^===?[^*,]+$/.test(version)) return 'exactly';
  return /~=|==|<(?!$)/.test(version) ? 'within' : 'no';
}

export function distribution(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
