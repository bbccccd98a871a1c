import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenFile } from '../../../../../src/client/editor/open-file.ts';
import { MemoryDrafts, MemoryFiles, offline } from './memory-files.ts';

let files: MemoryFiles;
let drafts: MemoryDrafts;
let replaced: string[];

beforeEach(() => {
  vi.useFakeTimers();
  files = new MemoryFiles();
  drafts = new MemoryDrafts();
  replaced = [];
  files.disk.set('f', 'one');
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (path = 'f'): Promise<OpenFile> =>
  OpenFile.open(path, {
    files,
    drafts,
    events: { changed: () => undefined, replaced: (_file, text) => void replaced.push(text), stored: () => undefined },
  });
const type = (file: OpenFile, text: string): void => file.edit(() => text);

describe('saving', () => {
  it('happens automatically a second after the last key, once', async () => {
    const file = await open();
    type(file, 'o');
    await vi.advanceTimersByTimeAsync(900);
    type(file, 'two');
    await vi.advanceTimersByTimeAsync(900);
    expect(files.writes).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(files.writes).toMatchObject([{ path: 'f', text: 'two', version: 'v:one' }]);
    expect(file.state.kind).toBe('saved');
    expect(drafts.kept.size).toBe(0);
  });

  it('keeps text typed during a save, and saves it next', async () => {
    const file = await open();
    const gate = Promise.withResolvers<void>();
    files.slow = gate.promise;
    type(file, 'two');
    const saving = file.save();
    type(file, 'three');
    gate.resolve();
    await saving;
    expect(file.state.kind).toBe('modified');
    await vi.advanceTimersByTimeAsync(1100);
    expect(files.disk.get('f')).toBe('three');
    expect(file.state.kind).toBe('saved');
  });

  it('writes nothing when the text equals the disk’s', async () => {
    const file = await open();
    type(file, 'x');
    type(file, 'one');
    await file.save();
    expect(files.writes).toEqual([]);
    expect(file.state.kind).toBe('saved');
  });
});

describe('a lost connection', () => {
  it('is reported, the text is kept in the browser, and is saved on request', async () => {
    const file = await open();
    files.down = offline;
    type(file, 'two');
    await vi.advanceTimersByTimeAsync(1100);
    expect(file.state).toMatchObject({ kind: 'unsaved', kept: true, error: { code: 'offline' } });
    expect(drafts.of('f')).toEqual({ path: 'f', version: 'v:one', text: 'two' });
    files.down = undefined;
    await file.save();
    expect(files.disk.get('f')).toBe('two');
    expect(file.state.kind).toBe('saved');
    expect(drafts.kept.size).toBe(0);
  });

  it('is reported when the browser cannot store the text', async () => {
    const file = await open();
    drafts.full = true;
    files.down = offline;
    type(file, 'two');
    await file.save();
    expect(file.state).toMatchObject({ kind: 'unsaved', kept: false });
  });

  it('with a change on disk meanwhile is a conflict', async () => {
    const file = await open();
    files.down = offline;
    type(file, 'mine');
    await file.save();
    files.down = undefined;
    files.disk.set('f', 'theirs');
    await file.save();
    expect(file.state).toMatchObject({ kind: 'conflict', theirs: { text: 'theirs' } });
    expect(file.text).toBe('mine');
  });
});

describe('a change on disk', () => {
  it('replaces the text quietly when nothing was typed', async () => {
    const file = await open();
    files.disk.set('f', 'two');
    await file.recheck();
    expect(replaced).toEqual(['two']);
    expect(file.state.kind).toBe('saved');
  });

  it('is no conflict when it equals the typed text', async () => {
    const file = await open();
    type(file, 'two');
    files.disk.set('f', 'two');
    await file.recheck();
    expect(file.state.kind).toBe('saved');
    await file.save();
    expect(files.writes).toEqual([]);
  });

  it('under typed text keeps both, through a reload, until one is chosen', async () => {
    const file = await open();
    type(file, 'mine');
    files.disk.set('f', 'theirs');
    await file.recheck();
    expect(file.state).toMatchObject({ kind: 'conflict', theirs: { text: 'theirs' } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(files.disk.get('f')).toBe('theirs');
    type(file, 'mine, longer');
    file.keepDraft();

    const again = await open();
    expect(again.state.kind).toBe('conflict');
    expect(again.text).toBe('mine, longer');
    await again.keepMine();
    expect(files.disk.get('f')).toBe('mine, longer');
    expect(again.state.kind).toBe('saved');
  });

  it('replaces the text if the learner chooses so', async () => {
    const file = await open();
    type(file, 'mine');
    files.disk.set('f', 'theirs');
    await file.save();
    file.takeTheirs();
    expect(replaced).toEqual(['theirs']);
    expect(file.text).toBe('theirs');
    expect(file.state.kind).toBe('saved');
    expect(drafts.kept.size).toBe(0);
  });

  it('between the question and « la mienne » causes another question', async () => {
    const file = await open();
    type(file, 'mine');
    files.disk.set('f', 'theirs');
    await file.recheck();
    files.disk.set('f', 'newer');
    await file.keepMine();
    expect(file.state).toMatchObject({ kind: 'conflict', theirs: { text: 'newer' } });
    expect(files.disk.get('f')).toBe('newer');
  });
});

describe('a file removed on disk', () => {
  it('stays open, and can be created again', async () => {
    const file = await open();
    files.disk.delete('f');
    await file.recheck();
    expect(file.state.kind).toBe('gone');
    await file.keepMine();
    expect(files.disk.get('f')).toBe('one');
  });

  it('is taken over again when it reappears on disk', async () => {
    const file = await open();
    files.disk.delete('f');
    await file.recheck();
    files.disk.set('f', 'two');
    await file.recheck();
    expect(file.state.kind).toBe('saved');
    expect(replaced).toEqual(['two']);
  });

  it('keeps unsaved text, through a reload', async () => {
    drafts.keep({ path: 'g', version: 'v:old', text: 'mine' });
    const file = await open('g');
    expect(file.state.kind).toBe('gone');
    expect(file.text).toBe('mine');
  });
});

describe('a draft', () => {
  it('based on the same version is restored and saved', async () => {
    drafts.keep({ path: 'f', version: 'v:one', text: 'two' });
    const file = await open();
    expect(file.state.kind).toBe('modified');
    await vi.advanceTimersByTimeAsync(1100);
    expect(files.disk.get('f')).toBe('two');
  });

  it('that was saved after all is dropped', async () => {
    drafts.keep({ path: 'f', version: 'v:zero', text: 'one' });
    expect((await open()).state.kind).toBe('saved');
    expect(drafts.kept.size).toBe(0);
  });

  it('follows a rename of the file, and is dropped when the file is closed', async () => {
    const file = await open();
    type(file, 'two');
    file.moved('g');
    expect(drafts.of('g')).toMatchObject({ text: 'two' });
    expect(drafts.of('f')).toBeUndefined();
    file.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(drafts.kept.size).toBe(0);
    expect(files.writes).toEqual([]);
  });
});
