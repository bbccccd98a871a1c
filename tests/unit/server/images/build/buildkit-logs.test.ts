import { describe, expect, it } from 'vitest';
import { buildkitLogs } from '../../../../../server/images/build/buildkit-logs.ts';

/** A field of bytes, as protobuf encodes it. */
function field(number: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  const length = [];
  for (let rest = bytes.length; ; rest = Math.floor(rest / 128)) {
    length.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), bytes]);
}

const log = (text: string): Buffer => field(3, Buffer.concat([field(1, 'sha256:vertex'), Buffer.from([3 * 8, 1]), field(4, text)]));

describe('the logs of BuildKit', () => {
  it('are what the steps wrote, without the steps themselves', () => {
    expect(buildkitLogs(Buffer.concat([field(1, field(1, 'a vertex')), log('one\n'), log('two')]))).toEqual(['one\n', 'two']);
  });

  it('may be long', () => {
    const long = 'x'.repeat(70_000);
    expect(buildkitLogs(log(long))).toEqual([long]);
  });

  it('that cannot be read are left out', () => {
    for (const cut of [Buffer.alloc(0), log('one').subarray(0, 4), Buffer.from([0xff, 0xff]), Buffer.from([31])]) {
      expect(buildkitLogs(cut).join('')).not.toContain('one');
    }
  });
});
