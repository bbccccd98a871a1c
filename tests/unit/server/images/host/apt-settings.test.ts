import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  chooseMirrors,
  formatDebianSources,
  parseDeb822Sources,
  parseSourcesList,
  readAptSettings,
} from '../../../../../server/images/host/apt-settings.ts';

describe('parseSourcesList', () => {
  it('reads deb lines, with and without options, and nothing else', () => {
    const text = `# deb http://commented.example/debian trixie main
deb [arch=amd64 signed-by=/k.gpg] http://a.example/debian trixie main contrib
deb-src http://a.example/debian trixie main
  deb http://b.example/debian-security trixie-security main`;
    expect(parseSourcesList(text)).toEqual([
      { uri: 'http://a.example/debian', suite: 'trixie' },
      { uri: 'http://b.example/debian-security', suite: 'trixie-security' },
    ]);
  });
});

describe('parseDeb822Sources', () => {
  it('reads every stanza, several values and continued lines; skips disabled and source-only ones', () => {
    const text = `Types: deb
# a comment in the middle
URIs: http://a.example/debian
Suites: bookworm
 bookworm-updates
Components: main

Types: deb deb-src
Enabled: yes
uris: http://a.example/debian-security
suites: bookworm-security

Types: deb
Enabled: no
URIs: http://off.example/debian
Suites: bookworm

Types: deb-src
URIs: http://src.example/debian
Suites: bookworm
`;
    expect(parseDeb822Sources(text)).toEqual([
      { uri: 'http://a.example/debian', suite: 'bookworm' },
      { uri: 'http://a.example/debian', suite: 'bookworm-updates' },
      { uri: 'http://a.example/debian-security', suite: 'bookworm-security' },
    ]);
  });
});

describe('chooseMirrors', () => {
  it('finds the Debian mirror among others, without its final slash', () => {
    expect(
      chooseMirrors([
        { uri: 'https://vendor.example/apt', suite: 'stable' },
        { uri: 'http://m.example/debian/', suite: 'trixie' },
        { uri: 'http://m.example/debian-security/', suite: 'trixie-security' },
      ]),
    ).toEqual({ archive: 'http://m.example/debian', security: 'http://m.example/debian-security' });
  });

  it.each([
    ['Ubuntu', { uri: 'http://m.example/ubuntu', suite: 'noble' }],
    ['a local disk', { uri: 'cdrom:[Debian]/', suite: 'trixie' }],
    ['a mirror with a password', { uri: 'https://me:secret@m.example/debian', suite: 'trixie' }],
  ])('ignores %s', (_, source) => {
    expect(chooseMirrors([source])).toBeNull();
  });
});

describe('readAptSettings', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'escale-apt-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads both kinds of files and ignores disabled ones', async () => {
    await mkdir(join(folder, 'sources.list.d'));
    await writeFile(join(folder, 'sources.list.d/debian.sources'), 'Types: deb\nURIs: http://m.example/debian\nSuites: trixie\n');
    await writeFile(join(folder, 'sources.list.d/off.list.disabled'), 'deb http://off.example/debian trixie main\n');
    expect(await readAptSettings(folder)).toEqual({ archive: 'http://m.example/debian', security: null });
  });

  it('is null on a system without apt', async () => {
    expect(await readAptSettings(join(folder, 'none'))).toBeNull();
  });
});

describe('formatDebianSources', () => {
  it('contains the suite, its updates and its security updates', () => {
    const text = formatDebianSources({ archive: 'http://m.example/debian', security: 'http://m.example/sec' }, 'bookworm');
    expect(parseDeb822Sources(text).map((source) => `${source.uri} ${source.suite}`)).toEqual([
      'http://m.example/debian bookworm',
      'http://m.example/debian bookworm-updates',
      'http://m.example/sec bookworm-security',
    ]);
  });
});
