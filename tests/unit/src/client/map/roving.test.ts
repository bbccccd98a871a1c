import { expect, it } from 'vitest';
import { nextBox } from '../../../../../src/client/map/roving.ts';

const box = (x: number, y: number) => ({ x, y, width: 100, height: 50 });

it('leads with an arrow key to the nearest service in its direction', () => {
  const boxes = new Map([
    ['a', box(0, 0)],
    ['b', box(200, 20)],
    ['c', box(200, 300)],
    ['d', box(0, 120)],
  ]);
  expect(nextBox(boxes, 'a', 'ArrowRight')).toBe('b');
  expect(nextBox(boxes, 'a', 'ArrowDown')).toBe('d');
  expect(nextBox(boxes, 'c', 'ArrowLeft')).toBe('d');
  expect(nextBox(boxes, 'a', 'ArrowLeft')).toBeUndefined();
  expect(nextBox(boxes, 'none', 'ArrowLeft')).toBeUndefined();
});
