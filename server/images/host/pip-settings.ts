import { homedir } from 'node:os';
import { join } from 'node:path';
import { hasCredentials, readTextOrNull } from './text-files.ts';

/** The package indexes of this machine's pip, if they differ from the public index. */
export interface PipSettings {
  readonly indexUrl?: string;
  readonly extraIndexUrls: readonly string[];
  readonly trustedHosts: readonly string[];
}

/** The `[global]` keys of a pip configuration file; a value may continue on indented lines. */
export function parsePipConfig(text: string): PipSettings {
  const values = new Map<string, string[]>();
  let section = '';
  let key = '';
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;].*)?$/.test(line)) continue;
    const header = /^\[(.+)\]\s*$/.exec(line);
    const pair = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*)$/.exec(line);
    if (header) section = header[1] ?? '';
    else if (/^\s/.test(line)) values.get(`${section}.${key}`)?.push(...line.trim().split(/\s+/));
    else if (pair) {
      key = (pair[1] ?? '').replaceAll('_', '-').toLowerCase();
      values.set(`${section}.${key}`, (pair[2] ?? '').split(/\s+/).filter(Boolean));
    }
  }
  return toSettings((name) => values.get(`global.${name}`));
}

/** The same keys from the environment, which takes precedence over pip's files. */
export function pipEnvironment(env: NodeJS.ProcessEnv): PipSettings {
  return toSettings((name) => env[`PIP_${name.replaceAll('-', '_').toUpperCase()}`]?.split(/\s+/).filter(Boolean));
}

/**
 * Merges the environment, the user's file and the machine's file, in this order of precedence; null if nothing is set. Addresses with a
 * password are left out, since learners can read the images.
 */
export async function readPipSettings(env: NodeJS.ProcessEnv): Promise<PipSettings | null> {
  const home = homedir();
  const files = [
    env.PIP_CONFIG_FILE,
    join(env.XDG_CONFIG_HOME ?? join(home, '.config'), 'pip/pip.conf'),
    join(home, 'Library/Application Support/pip/pip.conf'),
    join(home, '.pip/pip.conf'),
    '/etc/pip.conf',
  ];
  const texts = await Promise.all(files.map((file) => (file ? readTextOrNull(file) : null)));
  const all = [pipEnvironment(env), ...texts.map((text) => parsePipConfig(text ?? ''))];
  const indexUrl = all.find((one) => one.indexUrl !== undefined)?.indexUrl;
  const extraIndexUrls = all.find((one) => one.extraIndexUrls.length > 0)?.extraIndexUrls ?? [];
  const trustedHosts = all.find((one) => one.trustedHosts.length > 0)?.trustedHosts ?? [];
  if (indexUrl === undefined && extraIndexUrls.length === 0) return null;
  return { ...(indexUrl === undefined ? {} : { indexUrl }), extraIndexUrls, trustedHosts };
}

/** The settings as `/etc/pip.conf` of an image. */
export function formatPipConfig(settings: PipSettings): string {
  const line = (name: string, values: readonly string[]): string => (values.length > 0 ? `${name} = ${values.join(' ')}\n` : '');
  return `[global]\n${line('index-url', settings.indexUrl ? [settings.indexUrl] : [])}${line('extra-index-url', settings.extraIndexUrls)}${line('trusted-host', settings.trustedHosts)}`;
}

function toSettings(get: (name: string) => string[] | undefined): PipSettings {
  const indexUrl = get('index-url')?.find((url) => !hasCredentials(url));
  return {
    ...(indexUrl === undefined ? {} : { indexUrl }),
    extraIndexUrls: get('extra-index-url')?.filter((url) => !hasCredentials(url)) ?? [],
    trustedHosts: get('trusted-host') ?? [],
  };
}
