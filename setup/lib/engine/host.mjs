import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether packages can be installed: as root on Debian, Ubuntu or a derivative. */
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

/** The caller's PATH with the folders of root's programs, which dpkg and dockerd need and which some PATHs lack. */
export function rootPath() {
  return [process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'].filter(Boolean).join(':');
}

/** Path of a program, or null. Also searches the folders of root's programs. @param {string} program */
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

/** The name of a running process, or null when no process has that id. @param {number} pid */
export function processName(pid) {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code))) return null;
    throw error;
  }
}
