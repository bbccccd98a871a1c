import { expect, test } from 'vitest';
import { readPredictions } from '../../../../../src/client/lesson/predictions.ts';

test.each([null, '', '{', '3', 'null', '{"1.2/a":4}', '{"1.2/a":{"chosen":"1","settled":true}}', '{"1.2/a":{"chosen":1}}'])(
  'reads %j as nothing',
  (text) => {
    expect(readPredictions(text)).toEqual({});
  },
);

test('keeps what is well formed', () => {
  const kept = { '1.2/a': { chosen: 2, settled: false } };
  expect(readPredictions(JSON.stringify({ ...kept, '1.2/b': null }))).toEqual(kept);
});
