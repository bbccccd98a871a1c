import { expect, test } from 'vitest';
import { Route } from '../../../../src/lib/route.ts';

const route = new Route([{ minutes: 90 }, { minutes: 120 }], { from: 10, scale: 2, tail: 50, sway: [100, 40, 120, 80] });

test('ports lie at the scale of planned time, the deliverables after them', () => {
  expect([0, 1, 2, 3].map((index) => route.port(index))).toEqual([
    { x: 10, y: 100 },
    { x: 190, y: 40 },
    { x: 430, y: 120 },
    { x: 480, y: 80 },
  ]);
});

test('the route passes through its ports and is level there', () => {
  expect(route.at(90)).toEqual({ x: 190, y: 40 });
  expect(Math.abs(route.slope(90))).toBeLessThan(0.02);
  expect(route.at(45).y).toBeCloseTo(70);
});

test('a path begins and ends where requested', () => {
  expect(route.path(0, 90)).toMatch(/^M10\.0 100\.0 .* 190\.0 40\.0$/);
  expect(route.path(90, undefined, true)).toMatch(/^M40\.0 190\.0 .* 80\.0 480\.0$/);
});
