import type { SetupBoard } from '../setup/setup-board.ts';

/** Each new line of what is being prepared, for a terminal. */
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
      // What is made behind the lab is told of once there is something to make.
      if (state === 'running' && (blocksLab || detail !== undefined))
        tellOnce(id, detail === undefined ? `${title}…` : `${title} : ${detail}`);
    }
  });
}
