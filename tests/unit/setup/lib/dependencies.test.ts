import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dependenciesMatch } from '../../../../setup/lib/dependencies.mjs';
import { temporaryFolder } from './temporary-folder.ts';

const astro = { version: '7.3.4', integrity: 'sha512-a' };
const wanted = {
  '': { version: '0.1.0' },
  'node_modules/astro': astro,
  'node_modules/binding-win32': { version: '1.0.0', integrity: 'sha512-w', optional: true },
};

function project(present: object | null, lock: object | string = { packages: wanted }): string {
  const root = temporaryFolder();
  mkdirSync(join(root, 'node_modules', '.bin'), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), typeof lock === 'string' ? lock : JSON.stringify(lock));
  if (present) writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
  return root;
}

describe('dependenciesMatch', () => {
  it('accepts the result of npm ci, without the packages of other platforms', () => {
    expect(dependenciesMatch(project({ 'node_modules/astro': astro }))).toBe(true);
  });

  it.each([
    ['an install that was cut short', null],
    ['another version', { 'node_modules/astro': { ...astro, version: '7.3.3' } }],
    ['other content', { 'node_modules/astro': { ...astro, integrity: 'sha512-b' } }],
    ['a missing package', {}],
    ['a package nobody asked for', { 'node_modules/astro': astro, 'node_modules/left-pad': astro }],
  ])('refuses %s', (_, present) => {
    expect(dependenciesMatch(project(present))).toBe(false);
  });

  it('refuses a lock file that cannot be read', () => {
    expect(dependenciesMatch(project({}, 'not json'))).toBe(false);
  });
});
