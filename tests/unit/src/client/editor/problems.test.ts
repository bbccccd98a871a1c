import { describe, expect, it } from 'vitest';
import { jsonProblems } from '../../../../../src/client/editor/problems.ts';

describe('JSON', () => {
  it('without errors has no problem, nor has an empty file', () => {
    expect(jsonProblems('{"a": [1]}')).toEqual([]);
    expect(jsonProblems('\n')).toEqual([]);
  });

  it('with an error has a problem with its line', () => {
    expect(jsonProblems('{\n  "a": 1,\n}\n')).toMatchObject([{ line: 3, severity: 'error' }]);
  });
});
