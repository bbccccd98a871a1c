import { vi } from 'vitest';

/** Between two looks: longer than what still moves stands still. */
const APART_MS = 500;
const DEADLINE_MS = 20_000;

/** Waits until a number is the same at two looks, and gives it: for what must come to a stop. */
export async function settled(read: () => number): Promise<number> {
  let before: number | undefined;
  return await vi.waitFor(
    () => {
      const now = read();
      const isSame = now === before;
      before = now;
      if (!isSame) throw new Error(`it does not come to a stop: ${now}`);
      return now;
    },
    { timeout: DEADLINE_MS, interval: APART_MS },
  );
}
