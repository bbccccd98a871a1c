import { homedir } from 'node:os';
import { join } from 'node:path';
import { hasCredentials, readTextOrNull } from './text-files.ts';

/** The registry of an npm configuration file, with the environment's variables filled in. */
export function parseNpmRegistry(text: string, env: NodeJS.ProcessEnv): string | undefined {
  const line = /^\s*registry\s*=\s*["']?([^\s"';#]+)/m.exec(text)?.[1];
  return line?.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => env[name] ?? '');
}

/** The variable with which this machine's npm names its registry; empty if it is the public one, or its address has a password. */
export async function readNpmVariables(env: NodeJS.ProcessEnv): Promise<Record<string, string>> {
  const files = [env.npm_config_userconfig ?? join(homedir(), '.npmrc'), env.npm_config_globalconfig, '/usr/etc/npmrc', '/etc/npmrc'];
  const texts = await Promise.all(files.map((file) => (file ? readTextOrNull(file) : null)));
  const all = [
    env.npm_config_registry || env.NPM_CONFIG_REGISTRY || undefined,
    ...texts.map((text) => (text === null ? undefined : parseNpmRegistry(text, env))),
  ];
  const registry = all.find((one) => one !== undefined && !hasCredentials(one));
  return registry === undefined ? {} : { npm_config_registry: registry };
}
