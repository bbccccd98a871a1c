import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../../../../contract/recording.ts';
import { fitOf, indentClass, tooLong, wordsOf } from '../../../../src/lib/code-width.ts';

async function output(of: string): Promise<string> {
  const [lesson, name] = of.split('/');
  const steps = readRecording(await readFile(`content/outputs/${lesson}.txt`, 'utf8'));
  return steps.find((step) => step.name === name)?.output ?? '';
}

describe('how a block fits the column', () => {
  test.each(['1.2/rows', '1.3/images', '1.4/ps', '1.4/version', '1.5/rows'])('%s scrolls: it is a table', async (of) => {
    expect(fitOf(await output(of))).toBe('scroll');
  });

  test.each(['1.2/source', '1.2/failure', '1.4/logs', '1.5/postgres-logs'])('%s wraps', async (of) => {
    expect(fitOf(await output(of))).toBe('wrap');
  });
});

test('the length of the longest line says where it is too long', () => {
  const lines = (length: number): string => `short\n${'é'.repeat(length)}\n`;
  expect([20, 36, 37, 47, 59].map((length) => tooLong(lines(length)))).toEqual([undefined, undefined, 'narrow', 'middle', 'wide']);
});

test('a wrapped line continues below its own beginning', () => {
  expect(['a', ' a', '    a', `${' '.repeat(40)}a`].map(indentClass)).toEqual([undefined, undefined, 'in-2', 'in-12']);
});

test('a command breaks at blanks only', () => {
  expect(wordsOf('docker run  --rm a/b')).toEqual(['docker', ' ', 'run', '  ', '--rm', ' ', 'a/b']);
});
