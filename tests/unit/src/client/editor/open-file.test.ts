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
  it('happens by itself a second after the last key, once', async () => {
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

  it('keeps what is typed while a save is under way, and saves it next', async () => {
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

  it('writes nothing when the text is what the disk holds', async () => {
    const file = await open();
    type(file, 'x');
    type(file, 'one');
    await file.save();
    expect(files.writes).toEqual([]);
    expect(file.state.kind).toBe('saved');
  });
});

describe('a lost connection', () => {
  it('says so, keeps the text in the browser, and saves it when asked again', async () => {
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

  it('says when the browser keeps nothing', async () => {
    const file = await open();
    drafts.full = true;
    files.down = offline;
    type(file, 'two');
    await file.save();
    expect(file.state).toMatchObject({ kind: 'unsaved', kept: false });
  });

  it('while the disk was changed meanwhile is a conflict', async () => {
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

describe('a change on the disk', () => {
  it('is taken quietly where nothing was typed', async () => {
    const file = await open();
    files.disk.set('f', 'two');
    await file.recheck();
    expect(replaced).toEqual(['two']);
    expect(file.state.kind).toBe('saved');
  });

  it('is no conflict where it is what was typed', async () => {
    const file = await open();
    type(file, 'two');
    files.disk.set('f', 'two');
    await file.recheck();
    expect(file.state.kind).toBe('saved');
    await file.save();
    expect(files.writes).toEqual([]);
  });

  it('under what was typed keeps both, through a reload, until one is chosen', async () => {
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

  it('gives way to the disk where the learner says so', async () => {
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

  it('again, between the question and « la mienne », is asked about again', async () => {
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

describe('a file that is removed', () => {
  it('stays open, and can be made again', async () => {
    const file = await open();
    files.disk.delete('f');
    await file.recheck();
    expect(file.state.kind).toBe('gone');
    await file.keepMine();
    expect(files.disk.get('f')).toBe('one');
  });

  it('comes back by itself when the disk has it again', async () => {
    const file = await open();
    files.disk.delete('f');
    await file.recheck();
    files.disk.set('f', 'two');
    await file.recheck();
    expect(file.state.kind).toBe('saved');
    expect(replaced).toEqual(['two']);
  });

  it('keeps what was typed and not saved, through a reload', async () => {
    drafts.keep({ path: 'g', version: 'v:old', text: 'mine' });
    const file = await open('g');
    expect(file.state.kind).toBe('gone');
    expect(file.text).toBe('mine');
  });
});

describe('a draft', () => {
  it('on the same version is typed again and saved', async () => {
    drafts.keep({ path: 'f', version: 'v:one', text: 'two' });
    const file = await open();
    expect(file.state.kind).toBe('modified');
    await vi.advanceTimersByTimeAsync(1100);
    expect(files.disk.get('f')).toBe('two');
  });

  it('that reached the disk after all is let go', async () => {
    drafts.keep({ path: 'f', version: 'v:zero', text: 'one' });
    expect((await open()).state.kind).toBe('saved');
    expect(drafts.kept.size).toBe(0);
  });

  it('goes with the file to its new name, and away with what is closed', async () => {
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
