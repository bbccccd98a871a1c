import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ASK_PIP = 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)';
const PATIENCE_MS = 5000;

/** The index that this machine's pip uses by default; null without pip. */
export async function defaultIndex(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('python3', ['-c', ASK_PIP], { timeout: PATIENCE_MS });
    return URL.canParse(stdout.trim()) ? stdout.trim() : null;
  } catch {
    return null; // No Python, no pip, or another version of pip: the doctor reports the check as unknown.
  }
}
