import type { Fault } from './definitions.ts';

/** The faults in a drawn order. `random`: at least 0, below 1. */
export function drawFaults(faults: readonly Fault[], random: () => number): Fault[] {
  return faults
    .map((fault) => ({ fault, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ fault }) => fault);
}
