import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../../../../src/client/editor/definitions.ts';
import { OpenFile } from '../../../../../src/client/editor/open-file.ts';
import { MemoryBrowser } from './memory-drafts.ts';
import { MemoryFiles, offline } from './memory-files.ts';

let files: MemoryFiles;
let browser: MemoryBrowser;
let replaced: string[];

beforeEach(() => {
  vi.useFakeTimers();
  files = new MemoryFiles();
  browser = new MemoryBrowser();
  replaced = [];
  files.disk.set('f', 'one');
});
afterEach(() => {
  vi.useRealTimers();
});

const open = (path = 'f', draft?: Draft): Promise<OpenFile> =>
  OpenFile.open(
    path,
    {
      files,
      drafts: browser.open().drafts,
      events: { changed: () => undefined, replaced: (_file, text) => void replaced.push(text), stored: () => undefined },
    },
    draft,
  );
/** The file as a page finds it whose predecessor ended with `file` open. */
const reopen = async (file: OpenFile): Promise<OpenFile> => {
  file.keepDraft();
  browser.living.clear();
  const [draft] = await browser.open().drafts.adopt();
  return open(file.path, draft);
};
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
    expect(browser.texts).toEqual([]);
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

describe('a save whose answer is lost', () => {
  it('is known again as one’s own, also after more was typed', async () => {
    const file = await open();
    files.lost = offline;
    type(file, 'two');
    await file.save();
    expect(file.state.kind).toBe('unsaved');
    files.lost = undefined;
    type(file, 'two, three');
    await file.save();
    await vi.advanceTimersByTimeAsync(1100);
    expect(files.disk.get('f')).toBe('two, three');
    expect(file.state.kind).toBe('saved');
  });

  it('leaves the text as a draft while it is under way', async () => {
    const file = await open();
    const gate = Promise.withResolvers<void>();
    files.slow = gate.promise;
    type(file, 'two');
    const saving = file.save();
    expect(file.dirty).toBe(true);
    file.keepDraft();
    expect(browser.texts).toEqual(['two']);
    gate.resolve();
    await saving;
    expect(browser.texts).toEqual([]);
  });
});

describe('a lost connection', () => {
  it('is reported, the text is kept in the browser, and is saved on request', async () => {
    const file = await open();
    files.down = offline;
    type(file, 'two');
    await vi.advanceTimersByTimeAsync(1100);
    expect(file.state).toMatchObject({ kind: 'unsaved', error: { code: 'offline' } });
    expect(file.kept).toBe(true);
    expect(browser.texts).toEqual(['two']);
    files.down = undefined;
    await file.save();
    expect(files.disk.get('f')).toBe('two');
    expect(file.state.kind).toBe('saved');
    expect(browser.texts).toEqual([]);
  });

  it('is reported when the browser cannot store the text', async () => {
    const file = await open();
    browser.storage.full = true;
    files.down = offline;
    type(file, 'two');
    await file.save();
    expect(file.state.kind).toBe('unsaved');
    expect(file.kept).toBe(false);
    expect(file.keepDraft()).toBe(false);
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

    const again = await reopen(file);
    expect(again.state.kind).toBe('conflict');
    expect(again.text).toBe('mine, longer');
    await again.recheck();
    await again.save();
    await vi.advanceTimersByTimeAsync(5000);
    expect(again.state.kind).toBe('conflict');
    expect(files.disk.get('f')).toBe('theirs');
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
    expect(browser.texts).toEqual([]);
  });

  it('is a conflict until one is chosen, even if the disk has its former text again', async () => {
    const file = await open();
    type(file, 'mine');
    files.disk.set('f', 'theirs');
    await file.recheck();
    files.disk.set('f', 'one');
    await file.recheck();
    const again = await reopen(file);
    await vi.advanceTimersByTimeAsync(5000);
    for (const each of [file, again]) expect(each.state).toMatchObject({ kind: 'conflict', theirs: { text: 'one' } });
    expect(files.disk.get('f')).toBe('one');
    again.takeTheirs();
    type(again, 'later');
    await again.save();
    expect(files.disk.get('f')).toBe('later');
  });

  it('between the comparison and « la mienne » causes another question', async () => {
    const file = await open();
    type(file, 'mine');
    files.disk.set('f', 'theirs');
    await file.recheck();
    const seen = file.state.kind === 'conflict' ? file.state.theirs : undefined;
    files.disk.set('f', 'newer');
    await file.recheck();
    await file.keepMine(seen);
    expect(file.state).toMatchObject({ kind: 'conflict', theirs: { text: 'newer' } });
    expect(files.disk.get('f')).toBe('newer');
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
    const file = await open('g', browser.leave({ path: 'g', version: 'v:old', text: 'mine' }));
    expect(file.state.kind).toBe('gone');
    expect(file.text).toBe('mine');
  });
});

describe('a draft', () => {
  it('based on the same version is restored and saved', async () => {
    const file = await open('f', browser.leave({ path: 'f', version: 'v:one', text: 'two' }));
    expect(file.state.kind).toBe('modified');
    await vi.advanceTimersByTimeAsync(1100);
    expect(files.disk.get('f')).toBe('two');
  });

  it('that was saved after all is dropped', async () => {
    const draft = browser.leave({ path: 'f', version: 'v:zero', text: 'one' });
    expect((await open('f', draft)).state.kind).toBe('saved');
    expect(browser.texts).toEqual([]);
  });

  it('follows a rename of the file, and is dropped when the file is closed', async () => {
    const file = await open();
    type(file, 'two');
    file.moved('g');
    expect(browser.texts).toEqual(['two']);
    const again = await reopen(file);
    expect(again.path).toBe('g');
    for (const each of [file, again]) each.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(browser.texts).toEqual([]);
    expect(files.writes).toEqual([]);
  });
});
