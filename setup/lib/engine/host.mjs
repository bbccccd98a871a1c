import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether packages can be installed here as the issue of the course's machine asks: Debian or Ubuntu (or one of their children), as root. */
export function isDebianRoot() {
  return isDebian() && process.getuid?.() === 0;
}

export function isDebian() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

export function hasSystemd() {
  return existsSync('/run/systemd/system');
}

/** The caller's path and the folders of root's programs, which some paths lack and which dpkg and dockerd need. */
export function rootPath() {
  return [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'].filter(Boolean).join(':');
}

/** Path of a program, or null. The folders of root's programs are looked in too. @param {string} program */
export function find(program) {
  for (const folder of rootPath().split(':').filter(Boolean)) {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return join(folder, program);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
  }
  return null;
}

/** The name of a living process, or null when there is none of that number. @param {number} pid */
export function processName(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return null;
    throw error;
  }
}
