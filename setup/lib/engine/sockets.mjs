import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** @typedef {{ dockerHost: string, state: 'answers' | 'denied' | 'silent', version?: string }} Sight */

/** Addresses where an engine may listen, the likeliest first. `DOCKER_HOST`, when set, is the only one. @param {NodeJS.ProcessEnv} [env] */
export function candidates(env = process.env) {
  if (env.DOCKER_HOST) return [env.DOCKER_HOST];
  if (process.platform === 'win32') return ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/dockerDesktopLinuxEngine'];
  const home = homedir();
  const sockets = [
    '/var/run/docker.sock',
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    join(home, '.colima/default/docker.sock'),
    join(home, '.rd/docker.sock'),
  ];
  if (env.XDG_RUNTIME_DIR) sockets.push(join(env.XDG_RUNTIME_DIR, 'docker.sock'));
  return sockets.map((path) => `unix://${path}`);
}

/** Checks whether an engine answers at an address. @param {string} dockerHost @param {number} [deadlineMs] @returns {Promise<Sight>} */
export function look(dockerHost, deadlineMs = 3000) {
  const target = address(dockerHost);
  if (!target) return Promise.resolve({ dockerHost, state: 'silent' });
  return new Promise((resolve) => {
    const ask = request({ ...target, path: '/version', timeout: deadlineMs, signal: AbortSignal.timeout(deadlineMs) }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ dockerHost, state: response.statusCode === 200 ? 'answers' : 'silent', ...versionIn(text) }));
      response.on('error', () => resolve({ dockerHost, state: 'silent' }));
    });
    ask.on('error', (error) => {
      resolve({ dockerHost, state: 'code' in error && error.code === 'EACCES' ? 'denied' : 'silent' });
    });
    ask.end();
  });
}

/** The first engine that answers, else the first that denies access, else null. @param {readonly string[]} [hosts] */
export async function findEngine(hosts = candidates()) {
  const sights = await Promise.all(hosts.map((host) => look(host)));
  return sights.find((s) => s.state === 'answers') ?? sights.find((s) => s.state === 'denied') ?? null;
}

/** @param {string} dockerHost @returns {{ socketPath: string } | { host: string, port: number } | null} */
function address(dockerHost) {
  if (dockerHost.startsWith('unix://')) return { socketPath: dockerHost.slice('unix://'.length) };
  if (dockerHost.startsWith('npipe://')) return { socketPath: dockerHost.slice('npipe://'.length).replaceAll('/', '\\') };
  if (!/^(tcp|http):\/\//.test(dockerHost)) return null;
  const url = new URL(dockerHost.replace(/^tcp:/, 'http:'));
  return { host: url.hostname, port: Number(url.port || 2375) };
}

/** @param {string} text @returns {{ version?: string }} */
function versionIn(text) {
  const found = /"Version":"([^"]{1,60})"/.exec(text);
  return found?.[1] ? { version: found[1] } : {};
}
