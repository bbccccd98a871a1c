import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readGoVariables } from '../../../../../server/images/host/go-settings.ts';

const folder = await mkdtemp(join(tmpdir(), 'escale-go-'));
const file = join(folder, 'env');
await writeFile(file, 'GOFLAGS=-buildvcs=false\nGOPROXY=https://file.example\nGONOSUMDB=corp.example/*\n');
afterAll(() => rm(folder, { recursive: true }));

describe('readGoVariables', () => {
  it("reads what decides where modules come from, from Go's own file, and nothing else", async () => {
    expect(await readGoVariables({ GOENV: file })).toEqual({ GOPROXY: 'https://file.example', GONOSUMDB: 'corp.example/*' });
  });

  it('prefers the environment to the file', async () => {
    const env = { GOENV: file, GOPROXY: 'https://env.example,direct', GOSUMDB: 'off' };
    expect(await readGoVariables(env)).toMatchObject({ GOPROXY: 'https://env.example,direct', GOSUMDB: 'off' });
  });

  it('reads no file where Go reads none, or where there is none', async () => {
    expect(await readGoVariables({ GOENV: 'off' })).toEqual({});
    expect(await readGoVariables({ GOENV: join(folder, 'absent') })).toEqual({});
    expect(await readGoVariables({ XDG_CONFIG_HOME: folder })).toEqual({});
  });

  it('leaves out proxies with a password, and keeps the others in their order', async () => {
    const proxies = async (GOPROXY: string): Promise<string | undefined> => (await readGoVariables({ GOENV: 'off', GOPROXY })).GOPROXY;
    expect(await proxies('https://me:secret@one.example,https://two.example|direct')).toBe('https://two.example|direct');
    expect(await proxies('https://two.example,https://me:secret@one.example')).toBe('https://two.example');
    expect(await proxies('https://me:secret@one.example')).toBeUndefined();
  });
});
