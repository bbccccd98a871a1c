import { describe, expect, it } from 'vitest';
import { jsonProblems } from '../../../../../src/client/editor/problems.ts';

describe('JSON', () => {
  it('that is read has no problem, nor has an empty file', () => {
    expect(jsonProblems('{"a": [1]}')).toEqual([]);
    expect(jsonProblems('\n')).toEqual([]);
  });

  it('that is not names the line', () => {
    expect(jsonProblems('{\n  "a": 1,\n}\n')).toMatchObject([{ line: 3, severity: 'error' }]);
  });
});
