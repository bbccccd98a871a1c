import type { FinalImage, Instruction } from './model.ts';

/** The RUN that leaves apt's lists in its layer: removed by a later one they still weigh, below it. */
export function aptListsLeft(image: FinalImage): Instruction | null {
  return (
    image.instructions.find(
      ({ keyword, text, flags }) =>
        keyword === 'RUN' &&
        /\bapt(-get)?\s+(-\S+\s+)*update\b/.test(text) &&
        !/rm\s+(-\S+\s+)+[^&;]*\/var\/lib\/apt(\/|\b)/.test(text) &&
        !/rm\s+(-\S+\s+)+[^&;]*\/var\/lib\/apt\/lists/.test(text) &&
        !(flags.get('mount') ?? '').includes('/var/lib/apt'),
    ) ?? null
  );
}

/** The RUN that installs with pip and keeps its cache. */
export function pipCacheKept(image: FinalImage): Instruction | null {
  return (
    image.instructions.find(({ keyword, text }) => keyword === 'RUN' && /\bpip3?\b.*\binstall\b/s.test(text) && !/--no-cache/.test(text)) ??
    null
  );
}
