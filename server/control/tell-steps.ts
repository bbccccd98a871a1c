import type { SetupBoard } from '../setup/setup-board.ts';

/** Prints each new line of the preparation on a terminal. */
export function tellSteps(board: SetupBoard, tell: (line: string) => void): void {
  const told = new Map<string, string>();
  const tellOnce = (id: string, line: string): void => {
    if (told.get(id) === line) return;
    told.set(id, line);
    tell(line);
  };
  board.on('change', () => {
    for (const { id, title, state, detail, problem, blocksLab } of board.status().steps) {
      if (state === 'failed' && !blocksLab) tellOnce(id, `${title} : ${problem?.message ?? 'en échec'}`);
      // Background steps are printed only once they have something to do.
      if (state === 'running' && (blocksLab || detail !== undefined))
        tellOnce(id, detail === undefined ? `${title}…` : `${title} : ${detail}`);
    }
  });
}
