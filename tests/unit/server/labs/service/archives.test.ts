import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EscaleError } from '../../../../../server/errors/escale-error.ts';
import { Archives } from '../../../../../server/labs/service/archives.ts';
import { temporaryFolder } from '../../../setup/lib/temporary-folder.ts';
import { fakeAgent } from '../../fakes/fake-agent.ts';

let folder: string;
let archives: Archives;

beforeEach(() => {
  folder = join(temporaryFolder(), 'archives');
  archives = new Archives(folder);
});

const entry = { path: 'note', kind: 'file' as const, size: 1, mode: 0o644 };
const holding = (content: string) =>
  fakeAgent({ tree: async () => ({ entries: [entry], truncated: false }), getTree: async () => Readable.from([Buffer.from(content)]) });
const keep = (content: string, lab = 'solo', cause: 'reset' | 'restore' = 'reset') =>
  archives.keep({ lab, agent: holding(content), cause, signal: new AbortController().signal, onBytes: () => undefined });

/** Archives of ten different minutes. */
async function keepMany(count: number, lab = 'solo'): Promise<string[]> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const names: string[] = [];
  for (let minute = 0; minute < count; minute++) {
    vi.setSystemTime(Date.UTC(2026, 10, 29, 10, minute));
    names.push((await keep(`at ${minute}`, lab))?.name ?? '');
  }
  vi.useRealTimers();
  return names;
}

describe('archived projects', () => {
  it('are listed with their time, size and cause, the newest first, and can be read', async () => {
    await keepMany(2);
    const listed = await archives.list('solo');
    expect(listed.map(({ at, bytes, cause }) => ({ at, bytes, cause }))).toEqual([
      { at: '2026-11-29T10:01:00.000Z', bytes: 4, cause: 'reset' },
      { at: '2026-11-29T10:00:00.000Z', bytes: 4, cause: 'reset' },
    ]);
    expect(String(await buffer(await archives.open('solo', listed[1]?.name ?? '')))).toBe('at 0');
  });

  it('of before causes were named were kept by a reset', async () => {
    await keep('x');
    writeFileSync(join(folder, 'solo-2025-01-02T03-04-05.678Z.tar'), 'old');
    expect((await archives.list('solo')).at(-1)).toMatchObject({ at: '2025-01-02T03:04:05.678Z', cause: 'reset', bytes: 3 });
  });

  it('are kept for each lab apart, whatever the names of the labs', async () => {
    const other = await keepMany(1, 'solo-2');
    await keepMany(11, 'solo');
    await archives.prune('solo');
    expect(await archives.list('solo')).toHaveLength(10);
    expect((await archives.list('solo-2')).map(({ name }) => name)).toEqual(other);
  });

  it('lose the oldest beyond ten, except the one that is given back', async () => {
    const names = await keepMany(12);
    await archives.prune('solo', names[0]);
    expect((await archives.list('solo')).map(({ name }) => name)).toEqual([...names.slice(2).reverse(), names[0]]);
  });

  it('do not exist for an absent or empty project', async () => {
    const absent = fakeAgent({ tree: () => Promise.reject(new EscaleError('not-found', 'file.absent', { message: 'm', hint: 'h' })) });
    const empty = fakeAgent({ tree: async () => ({ entries: [], truncated: false }) });
    for (const agent of [absent, empty])
      expect(
        await archives.keep({ lab: 'solo', agent, cause: 'reset', signal: new AbortController().signal, onBytes: () => undefined }),
      ).toBeNull();
    expect(await archives.list('solo')).toEqual([]);
  });

  it('have their name only once they are complete; what a killed process left is removed by the next', async () => {
    await keep('x');
    writeFileSync(join(folder, 'solo-2026-11-29T09-00-00.000Z.reset.tar.part'), 'half');
    expect(await archives.list('solo')).toHaveLength(1);
    const failing = fakeAgent({
      tree: async () => ({ entries: [entry], truncated: false }),
      getTree: async () =>
        Readable.from(
          (async function* () {
            yield Buffer.from('half');
            throw new Error('cut');
          })(),
        ),
    });
    const options = {
      lab: 'solo',
      agent: failing,
      cause: 'reset' as const,
      signal: new AbortController().signal,
      onBytes: () => undefined,
    };
    await expect(archives.keep(options)).rejects.toThrow('cut');
    expect(readdirSync(folder)).toHaveLength(1);
    expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')).toBe('x');
  });

  it.each(['../solo-2026-11-29T10-00-00.000Z.reset.tar', 'solo-2020-01-01T00-00-00.000Z.reset.tar', 'other.tar', ''])(
    'of the name %j are refused',
    async (name) => {
      await keep('x');
      await expect(archives.open('solo', name)).rejects.toMatchObject({ code: 'lab.archive-unknown' });
    },
  );

  it('of another lab are refused', async () => {
    const name = (await keep('x', 'autre'))?.name ?? '';
    expect(existsSync(archives.path(name))).toBe(true);
    await expect(archives.find('solo', name)).rejects.toMatchObject({ code: 'lab.archive-unknown' });
  });
});
