import type { SetupBoard } from '../setup/setup-board.ts';

/** Each new line of what is being prepared, for a terminal. */
export function tellSteps(board: SetupBoard, tell: (line: string) => void): void {
  const told = new Map<string, string>();
  board.on('change', () => {
    for (const { id, title, state, detail } of board.status().steps) {
      if (state !== 'running') continue;
      const line = detail === undefined ? `${title}…` : `${title} : ${detail}`;
      if (told.get(id) === line) continue;
      told.set(id, line);
      tell(line);
    }
  });
}
