import { join } from 'node:path';
import Docker from 'dockerode';
import type { Environment } from '../environment.ts';

/** An engine of this machine that has answered. */
export interface HostEngine {
  readonly docker: Docker;
  /** `unix:///var/run/docker.sock`. */
  readonly address: string;
}

const PING_MS = 3000;

/** Addresses where an engine may listen, likeliest first. `DOCKER_HOST`, if set, is the only one. */
export function engineAddresses({ dockerHost, home, runtimeDir }: Environment, platform: string = process.platform): string[] {
  if (dockerHost !== null) return [dockerHost];
  if (platform === 'win32') return ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/dockerDesktopLinuxEngine'];
  const desktops = ['.docker/run/docker.sock', '.docker/desktop/docker.sock', '.colima/default/docker.sock', '.rd/docker.sock'];
  const sockets = ['/var/run/docker.sock', ...desktops.map((socket) => join(home, socket))];
  if (runtimeDir !== null) sockets.push(join(runtimeDir, 'docker.sock'));
  return sockets.map((socket) => `unix://${socket}`);
}

/** The first engine that answers, or null. */
export async function findHostEngine(addresses: readonly string[]): Promise<HostEngine | null> {
  for (const address of addresses) {
    const target = targetOf(address);
    if (target !== null && (await answers(address))) return { docker: new Docker(target), address };
  }
  return null;
}

export async function answers(address: string): Promise<boolean> {
  return (await lookAt(address)) === 'answers';
}

/** Whether an engine answers there, denies access, or does not exist. */
export async function lookAt(address: string): Promise<'answers' | 'denied' | 'silent'> {
  try {
    await new Docker({ ...targetOf(address), timeout: PING_MS }).ping();
    return 'answers';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'denied' : 'silent';
  }
}

function targetOf(address: string): Docker.DockerOptions | null {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  if (address.startsWith('npipe://')) return { socketPath: address.slice('npipe://'.length).replaceAll('/', '\\') };
  const url = URL.parse(address.replace(/^tcp:/, 'http:'));
  if (url === null || url.protocol !== 'http:') return null;
  return { protocol: 'http', host: url.hostname, port: Number(url.port || 2375) };
}
