import { beforeEach, describe, expect, it } from 'vitest';
import { EDITOR_FILE_BYTES } from '../../../../../contract/files.ts';
import { FilesError } from '../../../../../src/client/editor/definitions.ts';
import { FileActions } from '../../../../../src/client/editor/file-actions.ts';
import { OpenFiles } from '../../../../../src/client/editor/open-files.ts';
import type { OpenPaths } from '../../../../../src/client/editor/open-memory.ts';
import { MemoryBrowser } from './memory-drafts.ts';
import { MemoryFiles, offline } from './memory-files.ts';

let files: MemoryFiles;
let browser: MemoryBrowser;
let open: OpenFiles;
let actions: FileActions;
let said: string[];

beforeEach(() => {
  files = new MemoryFiles();
  browser = new MemoryBrowser();
  said = [];
  for (let i = 0; i < 12; i += 1) files.disk.set(`f${i}`, String(i));
  open = withMemory({ paths: [] });
  actions = new FileActions(files, open, { say: (text) => void said.push(text), arranged: async () => undefined });
});

function withMemory(before: OpenPaths): OpenFiles {
  const nothing = (): void => undefined;
  return new OpenFiles({
    files,
    drafts: browser.open().drafts,
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
    browser.leave({ path: 'f3', version: 'v:3', text: 'typed' });
    await open.restore();
    expect(paths()).toEqual(['f1', 'f2', 'f3']);
    expect(open.current?.path).toBe('f2');
    await open.save();
    expect(files.disk.get('f3')).toBe('typed');
  });

  it('every unsaved text is shown, however many files have one', async () => {
    for (let i = 0; i < 12; i += 1) browser.leave({ path: `f${i}`, version: 'v:old', text: `typed ${i}` });
    await open.restore();
    expect(open.list.map((file) => file.state.kind)).toEqual(Array.from({ length: 12 }, () => 'conflict'));
  });

  it('an unsaved text too large to save is still there', async () => {
    const large = 'x'.repeat(EDITOR_FILE_BYTES + 1);
    browser.leave({ path: 'f1', version: 'v:1', text: large });
    await open.restore();
    expect(open.current?.text).toBe(large);
    open.current?.close();
  });

  it('a text whose file has become a folder is still there', async () => {
    browser.leave({ path: 'folder', version: 'v:old', text: 'typed' });
    files.down = new FilesError('file.not-a-file', 'un dossier', '');
    await open.restore();
    expect(open.current?.state.kind).toBe('gone');
    expect(open.current?.text).toBe('typed');
  });

  it('what a tab of before this format has left is a conflict', async () => {
    browser.storage.setItem('escale.draft/f1', JSON.stringify({ path: 'f1', version: 'v:1', text: 'typed' }));
    await open.restore();
    expect(open.current?.state).toMatchObject({ kind: 'conflict', theirs: { text: '1' } });
  });
});

describe('two tabs', () => {
  let other: OpenFiles;

  beforeEach(() => {
    other = withMemory({ paths: [] });
  });

  it('each keep their own unsaved text of a file, and show neither to the other', async () => {
    const [one, two] = [await open.open('f1'), await other.open('f1')];
    one.edit(() => 'first');
    two.edit(() => 'second');
    open.keepDrafts();
    other.keepDrafts();
    expect(browser.texts).toEqual(['first', 'second']);
    await other.adopt();
    expect(two.text).toBe('second');
    one.close();
    expect(browser.texts).toEqual(['second']);
    two.close();
  });

  it('say of each other that a choice waits there', async () => {
    const [one, two] = [await open.open('f1'), await other.open('f1')];
    one.edit(() => 'mine');
    files.disk.set('f1', 'theirs');
    expect(other.others(two).elsewhere).toBe(false);
    await one.recheck();
    expect(other.others(two).elsewhere).toBe(true);
    expect(open.others(one).elsewhere).toBe(false);
    one.takeTheirs();
    expect(other.others(two).elsewhere).toBe(false);
  });

  it('that end leave their texts to the next one, which shows them one after the other', async () => {
    for (const [from, text] of [
      [open, 'first'],
      [other, 'second'],
    ] as const) {
      (await from.open('f1')).edit(() => text);
      from.keepDrafts();
    }
    browser.living.clear();
    const next = withMemory({ paths: [] });
    await next.restore();
    const file = await next.open('f1');
    expect(file.text).toBe('first');
    expect(next.others(file).waiting).toBe(true);
    await file.save();
    await next.adopt();
    expect(file.state).toMatchObject({ kind: 'conflict', theirs: { text: 'first' } });
    expect(file.text).toBe('second');
    expect(next.others(file).waiting).toBe(false);
  });
});

describe('closing', () => {
  it('is refused to unsaved text whose file is gone', async () => {
    const file = await open.open('f1');
    file.edit(() => 'typed');
    files.disk.delete('f1');
    expect(await open.close(file)).toBe(false);
    open.discard(file);
    expect(paths()).toEqual([]);
    expect(browser.texts).toEqual([]);
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
