import { expect, it } from 'vitest';
import { drawFaults } from '../../../../server/workshop/draw-faults.ts';
import { FAULTS } from '../../../../server/workshop/faults/index.ts';

it('draws every fault once, in an order that the numbers decide', () => {
  const places = FAULTS.map((_, index) => 1 - index / 10);
  const drawn = drawFaults(FAULTS, () => places.shift() ?? 0);
  expect(drawn).toEqual([...FAULTS].reverse());
});
