import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCredentials, readTextOrNull } from './text-files.ts';

/** The Debian mirror that this machine uses. */
export interface AptSettings {
  readonly archive: string;
  /** The mirror of security updates; null if the machine uses none. */
  readonly security: string | null;
}

interface AptSource {
  readonly uri: string;
  readonly suite: string;
}

const DEBIAN_SUITE = /^(bullseye|bookworm|trixie|forky|duke|sid|unstable|testing|stable|oldstable|oldoldstable)([-/]|$)/;

/** The `deb` lines of a one-line-style file. */
export function parseSourcesList(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/.exec(line);
    return match?.[1] && match[2] ? [{ uri: match[1], suite: match[2] }] : [];
  });
}

/** The binary sources of a deb822-style file that are enabled. */
export function parseDeb822Sources(text: string): AptSource[] {
  const plain = text.replace(/^#.*\n?/gm, '');
  return plain.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string[]>();
    let name = '';
    for (const line of stanza.split('\n')) {
      const field = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
      if (field) {
        name = (field[1] ?? '').toLowerCase();
        fields.set(name, words(field[2] ?? ''));
      } else fields.get(name)?.push(...words(line));
    }
    const enabled = fields.get('enabled')?.[0]?.toLowerCase() !== 'no';
    if (!enabled || !fields.get('types')?.includes('deb')) return [];
    return (fields.get('uris') ?? []).flatMap((uri) => (fields.get('suites') ?? []).map((suite) => ({ uri, suite })));
  });
}

/** The Debian mirrors among a machine's sources: over http or https, and without a password, since learners can read the images. */
export function chooseMirrors(sources: readonly AptSource[]): AptSettings | null {
  const usable = sources.filter((source) => DEBIAN_SUITE.test(source.suite) && /^https?:/.test(source.uri) && !hasCredentials(source.uri));
  const isSecurity = (source: AptSource): boolean => /-security$|\/updates$/.test(source.suite);
  const archive = usable.find((source) => !isSecurity(source) && /\/debian\/?$/.test(source.uri));
  if (!archive) return null;
  return { archive: trim(archive.uri), security: trimOrNull(usable.find(isSecurity)?.uri) };
}

export async function readAptSettings(root = '/etc/apt'): Promise<AptSettings | null> {
  const names = await readdir(join(root, 'sources.list.d')).catch(() => [] as string[]);
  const read = async (file: string): Promise<string> => (await readTextOrNull(join(root, file))) ?? '';
  const sources = parseSourcesList(await read('sources.list'));
  for (const name of names.sort()) {
    if (name.endsWith('.list')) sources.push(...parseSourcesList(await read(`sources.list.d/${name}`)));
    if (name.endsWith('.sources')) sources.push(...parseDeb822Sources(await read(`sources.list.d/${name}`)));
  }
  return chooseMirrors(sources);
}

/** The file `debian.sources` for an image of that suite, in the format of the official images, with this machine's mirrors. */
export function formatDebianSources(settings: AptSettings, suite: string): string {
  const stanza = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`;
  const security = settings.security === null ? [] : [stanza(settings.security, `${suite}-security`)];
  return [stanza(settings.archive, `${suite} ${suite}-updates`), ...security].join('\n');
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function trim(uri: string): string {
  return uri.replace(/\/+$/, '');
}

function trimOrNull(uri: string | undefined): string | null {
  return uri === undefined ? null : trim(uri);
}
