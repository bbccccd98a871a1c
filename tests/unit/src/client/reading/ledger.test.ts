import { describe, expect, test } from 'vitest';
import { credit, EMPTY, readLedger } from '../../../../../src/client/reading/ledger.ts';

describe('credit', () => {
  test('adds the time per lesson', () => {
    const one = credit(EMPTY, '1.3', 1000, 11_000);
    const two = credit(one, '1.4', 11_000, 16_000);
    expect(credit(two, '1.3', 16_000, 20_000)).toEqual({ at: 20_000, spent: { '1.3': 14_000, '1.4': 5000 } });
  });

  test('two tabs never count the same time twice', () => {
    const first = credit(EMPTY, '1.3', 0, 10_000);
    const second = credit(first, '1.3', 2000, 12_000);
    expect(second.spent['1.3']).toBe(12_000);
  });

  test('a clock set back removes nothing', () => {
    expect(credit({ at: 90_000, spent: { '1.3': 5 } }, '1.3', 10_000, 12_000).spent['1.3']).toBe(5);
  });
});

describe('readLedger', () => {
  test.each([null, '', '{', '[]', '3', '{"at":"x","spent":{}}', '{"at":1,"spent":null}'])('reads %j as empty', (text) => {
    expect(readLedger(text)).toEqual(EMPTY);
  });

  test('ignores invalid times', () => {
    expect(readLedger('{"at":1,"spent":{"1.1":5,"1.2":"x","1.3":-4,"1.4":null}}')).toEqual({ at: 1, spent: { '1.1': 5 } });
  });
});
