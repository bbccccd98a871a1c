import { describe, expect, test } from 'vitest';
import { highlight, languageOf } from '../../../../src/lib/highlight.ts';

describe('highlight', () => {
  test('distinguishes keywords, strings and comments, and loses no character', async () => {
    const code = '# Base\nFROM python:3.11-slim\nENTRYPOINT ["python", "etl.py"]';
    const lines = await highlight(code, 'docker');
    expect(lines.map((line) => line.map((token) => token.text).join('')).join('\n')).toBe(code);
    expect(lines[0]?.[0]?.kind).toBe('c');
    expect(lines[1]?.[0]).toEqual({ text: 'FROM', kind: 'k' });
    expect(lines[2]?.some((token) => token.kind === 's' && token.text.includes('python'))).toBe(true);
  });

  test('an unknown language is plain text', async () => {
    expect(await highlight('a\nb', 'nothing')).toEqual([[{ text: 'a', kind: '' }], [{ text: 'b', kind: '' }]]);
  });
});

test.each([
  ['Dockerfile', 'docker'],
  ['api/Dockerfile.dev', 'docker'],
  ['docker-compose.yml', 'yaml'],
  ['src/extract.py', 'python'],
  ['.env', 'ini'],
  ['notes', 'text'],
])('%s is %s', (file, lang) => {
  expect(languageOf(file)).toBe(lang);
});
