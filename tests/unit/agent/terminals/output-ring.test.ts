import { describe, expect, it } from 'vitest';
import { OutputRing } from '../../../../agent/terminals/output-ring.ts';

const all = (ring: OutputRing, from = ring.start): string => {
  const target = Buffer.alloc(ring.end - from);
  ring.copy(from, target);
  return target.toString('latin1');
};

describe('OutputRing', () => {
  it('keeps everything below its limit, from any sequence number', () => {
    const ring = new OutputRing(1000, 5_000_000);
    ring.append(Buffer.from('hello '));
    ring.append(Buffer.from('world'));
    expect([ring.start, ring.end]).toEqual([5_000_000, 5_000_011]);
    expect(all(ring)).toBe('hello world');
    expect(all(ring, 5_000_006)).toBe('world');
  });

  it('drops the oldest bytes above its limit', () => {
    const ring = new OutputRing(10, 7);
    for (const part of ['abc', 'defgh', 'ijklm']) ring.append(Buffer.from(part));
    expect(ring.end).toBe(7 + 13);
    expect(ring.start).toBe(ring.end - 10);
    expect(all(ring)).toBe('defghijklm');
  });

  it('accepts a chunk larger than itself', () => {
    const ring = new OutputRing(10, 3);
    ring.append(Buffer.from('0123456789ABCDEF'));
    expect(all(ring)).toBe('6789ABCDEF');
    expect(ring.start).toBe(3 + 6);
  });

  it('equals a long string, whatever the sizes of its chunks and its growth', () => {
    const ring = new OutputRing(300_000, 1_838_603_462_976_513);
    let said = '';
    for (let n = 1; said.length < 1_000_000; n = (n * 7) % 100_003) {
      const part = String.fromCharCode(97 + (n % 26)).repeat(n);
      ring.append(Buffer.from(part));
      said += part;
      expect(ring.end - ring.start).toBe(Math.min(said.length, 300_000));
    }
    expect(all(ring)).toBe(said.slice(-300_000));
  });
});
