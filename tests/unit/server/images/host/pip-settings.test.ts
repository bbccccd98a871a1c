import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatPipConfig, parsePipConfig, pipEnvironment, readPipSettings } from '../../../../../server/images/host/pip-settings.ts';

describe('parsePipConfig', () => {
  it('reads the keys of [global], over several lines and with either spelling', () => {
    const text = `[install]
index-url = https://not-this.example/simple
[global]
; a comment
timeout = 60
index_url = https://index.example/simple
extra-index-url =
    https://one.example/simple
    https://two.example/simple
trusted-host: one.example two.example
`;
    expect(parsePipConfig(text)).toEqual({
      indexUrl: 'https://index.example/simple',
      extraIndexUrls: ['https://one.example/simple', 'https://two.example/simple'],
      trustedHosts: ['one.example', 'two.example'],
    });
  });

  it('leaves out an address with a password', () => {
    expect(parsePipConfig('[global]\nindex-url = https://me:secret@index.example/simple\n').indexUrl).toBeUndefined();
  });

  it('reads back what it writes', () => {
    const settings = { indexUrl: 'https://a.example/simple', extraIndexUrls: ['https://b.example/simple'], trustedHosts: ['a.example'] };
    expect(parsePipConfig(formatPipConfig(settings))).toEqual(settings);
  });
});

describe('pipEnvironment', () => {
  it('reads the variables pip reads', () => {
    expect(pipEnvironment({ PIP_INDEX_URL: 'https://i.example/simple', PIP_TRUSTED_HOST: 'i.example' })).toEqual({
      indexUrl: 'https://i.example/simple',
      extraIndexUrls: [],
      trustedHosts: ['i.example'],
    });
  });
});

describe('readPipSettings', () => {
  it('prefers the environment to the files', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'escale-pip-'));
    const file = join(folder, 'pip.conf');
    await writeFile(file, '[global]\nindex-url = https://file.example/simple\ntrusted-host = file.example\n');
    const env = { PIP_CONFIG_FILE: file, XDG_CONFIG_HOME: folder };
    expect((await readPipSettings(env))?.indexUrl).toBe('https://file.example/simple');
    const both = await readPipSettings({ ...env, PIP_INDEX_URL: 'https://env.example/simple' });
    expect(both).toMatchObject({ indexUrl: 'https://env.example/simple', trustedHosts: ['file.example'] });
    await rm(folder, { recursive: true });
  });
});
