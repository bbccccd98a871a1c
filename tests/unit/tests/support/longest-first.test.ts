import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { LONG_FILES } from '../../../support/longest-first.ts';

it('the files that run first are there', () => {
  expect(LONG_FILES.filter((path) => !existsSync(resolve(import.meta.dirname, '../../../..', path)))).toEqual([]);
});
