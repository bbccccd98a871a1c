import { beforeEach, describe, expect, it } from 'vitest';
import { FileActions } from '../../../../../src/client/editor/file-actions.ts';
import { OpenFiles } from '../../../../../src/client/editor/open-files.ts';
import type { OpenPaths } from '../../../../../src/client/editor/open-memory.ts';
import { MemoryDrafts, MemoryFiles, offline } from './memory-files.ts';

let files: MemoryFiles;
let drafts: MemoryDrafts;
let open: OpenFiles;
let actions: FileActions;
let said: string[];

beforeEach(() => {
  files = new MemoryFiles();
  drafts = new MemoryDrafts();
  said = [];
  for (let i = 0; i < 12; i += 1) files.disk.set(`f${i}`, String(i));
  open = withMemory({ paths: [] });
  actions = new FileActions(files, open, { say: (text) => void said.push(text), arranged: async () => undefined });
});

function withMemory(before: OpenPaths): OpenFiles {
  const nothing = (): void => undefined;
  return new OpenFiles({
    files,
    drafts,
    memory: { read: () => before, keep: nothing },
    events: { changed: nothing, replaced: nothing, stored: nothing, closed: nothing },
  });
}

const paths = (): string[] => open.list.map((file) => file.path);

describe('open files', () => {
  it('open once for simultaneous requests', async () => {
    await Promise.all([open.open('f1'), open.open('f1')]);
    expect(paths()).toEqual(['f1']);
  });

  it('are at most eight: the first one without unsaved text is closed', async () => {
    for (let i = 0; i < 8; i += 1) await open.open(`f${i}`);
    files.down = offline;
    open.list[0]?.edit(() => 'typed');
    files.down = undefined;
    await open.open('f8');
    expect(paths()).toEqual(['f0', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8']);
    open.list[0]?.close();
  });

  it('that cannot be saved are not closed', async () => {
    const file = await open.open('f1');
    files.down = offline;
    file.edit(() => 'typed');
    expect(await open.close(file)).toBe(false);
    expect(paths()).toEqual(['f1']);
    files.down = undefined;
    expect(await open.close(file)).toBe(true);
    expect(files.disk.get('f1')).toBe('typed');
  });
});

describe('after a reload', () => {
  it('the same files are open again, and those with unsaved text', async () => {
    open = withMemory({ paths: ['f1', 'gone', 'f2'], current: 'f2' });
    drafts.keep({ path: 'f3', version: 'v:3', text: 'typed' });
    await open.restore();
    expect(paths()).toEqual(['f1', 'f2', 'f3']);
    expect(open.current?.path).toBe('f2');
    await open.save();
    expect(files.disk.get('f3')).toBe('typed');
  });
});

describe('file actions', () => {
  it('undo a rename', async () => {
    const file = await open.open('f1');
    file.edit(() => 'typed');
    expect(await actions.rename('f1', 'g')).toBe(true);
    expect(file.path).toBe('g');
    expect(files.disk.get('g')).toBe('typed');
    await actions.undo();
    expect(file.path).toBe('f1');
    expect(files.disk.has('g')).toBe(false);
  });

  it('save before deleting, and undo restores what was open', async () => {
    const file = await open.open('f1');
    file.edit(() => 'typed');
    await actions.remove('f1');
    expect(files.disk.has('f1')).toBe(false);
    expect(paths()).toEqual([]);
    await actions.undo();
    expect(files.disk.get('f1')).toBe('typed');
    expect(open.current?.path).toBe('f1');
  });

  it('report a failure, and change nothing', async () => {
    expect(await actions.create('f1')).toBe(false);
    expect(await actions.rename('f1', 'f2')).toBe(false);
    expect(said).toEqual(['Ce nom est déjà pris : rien n’a été changé.', 'existe déjà ']);
    await actions.undo();
    expect(said.at(-1)).toBe('Il n’y a rien à annuler.');
  });

  it('delete nothing that is unsaved', async () => {
    const file = await open.open('f1');
    file.edit(() => 'mine');
    files.disk.set('f1', 'theirs');
    await actions.remove('f1');
    expect(files.disk.get('f1')).toBe('theirs');
    expect(file.text).toBe('mine');
    file.close();
  });
});
