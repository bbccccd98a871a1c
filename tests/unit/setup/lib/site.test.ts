import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { siteHash } from '../../../../setup/lib/site.mjs';
import { temporaryFolder } from './temporary-folder.ts';

describe('siteHash', () => {
  it('depends on names and contents of the pages’ inputs, and on nothing else', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'lab-stack/solution/1.3'), { recursive: true });
    writeFileSync(join(root, 'lab-stack/solution/1.3/Dockerfile'), 'FROM scratch');
    const first = siteHash(root);
    writeFileSync(join(root, 'README.md'), 'other');
    expect(siteHash(root)).toBe(first);
    writeFileSync(join(root, 'lab-stack/solution/1.3/Dockerfile'), 'FROM debian');
    const second = siteHash(root);
    expect(second).not.toBe(first);
    writeFileSync(join(root, 'lab-stack/solution/1.3/.dockerignore'), '');
    expect(siteHash(root)).not.toBe(second);
  });
});
