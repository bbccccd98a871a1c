import { spawn } from 'node:child_process';

/** Whether a user at a desktop started this process. @param {NodeJS.ProcessEnv} [env] */
export function hasDesktop(env = process.env) {
  if (env.CI || !process.stdout.isTTY) return false;
  return process.platform === 'darwin' || process.platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Opens the page in the default browser. Failures are ignored, since the address is printed too. @param {string} url */
export function openPage(url) {
  const [command, ...args] = opener(url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => child.unref());
  child.unref();
}

/** @param {string} url @returns {[string, ...string[]]} */
function opener(url) {
  if (process.platform === 'darwin') return ['open', url];
  return process.platform === 'win32' ? ['cmd', '/c', 'start', '""', url] : ['xdg-open', url];
}
