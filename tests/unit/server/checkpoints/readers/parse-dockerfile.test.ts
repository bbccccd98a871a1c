import { describe, expect, it } from 'vitest';
import { finalImage } from '../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { parseDockerfile } from '../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';

const faults = (source: string) => parseDockerfile(source).faults.map(({ line, code }) => `${line} ${code}`);
const built = (source: string) => finalImage(parseDockerfile(source));

describe('parseDockerfile', () => {
  it('joins continuations, without the comments between them', () => {
    const image = built('FROM a\nRUN one \\\n  # note\n\n  && two\nUSER x\n');
    expect(image?.instructions.map(({ keyword, line, endLine, text }) => [keyword, line, endLine, text.replace(/\s+/g, ' ')])).toEqual([
      ['RUN', 2, 5, 'one && two'],
      ['USER', 6, 6, 'x'],
    ]);
  });

  it('reads BOM, CRLF, lower case, flags and both forms', () => {
    const image = built('\uFEFFfrom a\r\ncopy --chown=1:2 --link x y\r\nhealthcheck --interval=5s cmd ["a", "b"]\r\ncmd run it\r\n');
    const [copy, health, cmd] = image?.instructions ?? [];
    expect([copy?.text, copy?.flags.get('chown'), copy?.flags.has('link')]).toEqual(['x y', '1:2', true]);
    expect(health?.json).toEqual(['a', 'b']);
    expect([cmd?.json, cmd?.text]).toEqual([null, 'run it']);
  });

  it('takes the words of a heredoc for no instruction', () => {
    const source = 'FROM a\nRUN <<EOF\napt-get update\nFROM nowhere\nEOF\nUSER x\n';
    expect(faults(source)).toEqual([]);
    expect(built(source)?.instructions.map(({ keyword }) => keyword)).toEqual(['RUN', 'USER']);
  });

  it('puts global ARGs into FROM, and follows stages to the image outside', () => {
    const image = built('ARG V=3.11\nFROM python:$V-slim AS base\nUSER a\nFROM other AS side\nFROM base\nUSER b\n');
    expect([image?.base, image?.baseLine]).toEqual(['python:3.11-slim', 2]);
    expect(image?.instructions.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it.each([
    ['FROM a\nRUNN x\n', '2 dockerfile.unknown-instruction'],
    ['FROM a\nRUN x\n  && y\n', '3 dockerfile.continuation'],
    ['RUN x\nFROM a\n', '1 dockerfile.before-from'],
    ['FROM a b\n', '1 dockerfile.bad-arguments'],
    ['FROM a\nCOPY x\n', '2 dockerfile.bad-arguments'],
    ['FROM a\nCOPY --chwon=1 x y\n', '2 dockerfile.unknown-flag'],
    ['FROM a\nHEALTHCHECK curl x\n', '2 dockerfile.bad-arguments'],
    ['FROM a\nENV A=b c\n', '2 dockerfile.bad-arguments'],
    ['FROM a\nUSER\n', '2 dockerfile.empty-instruction'],
    ['ARG x=1\n', '1 dockerfile.no-from'],
  ])('names what Docker refuses: %j', (source, fault) => {
    expect(faults(source)[0]).toBe(fault);
  });
});
