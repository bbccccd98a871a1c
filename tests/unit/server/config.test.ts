import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../server/config.ts';
import { EscaleError } from '../../../server/errors/escale-error.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'escale-config-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function failure(content: string): EscaleError {
  writeFileSync(join(dir, 'config.json'), content);
  try {
    loadConfig(dir);
  } catch (error) {
    if (error instanceof EscaleError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('config.json', () => {
  it('may be missing; then the defaults apply', () => {
    expect(loadConfig(dir)).toMatchObject({ port: 4321, isolation: 'userns', stopLabsOnExit: true, lab: { pids: 4096 } });
  });

  it('reports an unknown key and suggests the closest one', () => {
    const error = failure('{"lab": {"memoryMib": 2048}}');
    expect(error.code).toBe('config.unknown-key');
    expect(error.message).toContain('« lab.memoryMib »');
    expect(error.message).toContain(join(dir, 'config.json'));
    expect(error.hint).toContain('« memoryMiB »');
  });

  it('accepts the weaker isolation if it is set, and no other value', () => {
    writeFileSync(join(dir, 'config.json'), '{"isolation": "capabilities"}');
    expect(loadConfig(dir).isolation).toBe('capabilities');
    const error = failure('{"isolation": "none"}');
    expect(error.code).toBe('config.invalid');
    expect(error.message).toMatch(/« isolation ».*elle est « userns » ou « capabilities »/);
  });

  it('lists the keys when none is close', () => {
    const error = failure('{"theme": "dark"}');
    expect(error.hint).toMatch(/^Retirez-la\. Clés possibles ici : port, isolation/);
  });

  it('reports the key whose value is invalid', () => {
    expect(failure('{"port": "http"}').message).toContain('« port »');
    expect(failure('{"allow": ["example.org"]}').message).toContain('« allow.0 »');
  });

  it('reports a file that is not JSON', () => {
    const error = failure('{"port": 80,}');
    expect(error).toMatchObject({ code: 'config.not-json', kind: 'usage' });
  });
});
