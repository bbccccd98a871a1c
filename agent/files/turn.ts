let last: Promise<unknown> = Promise.resolve();

/** Runs one change of the project at a time, so that two tabs cannot interfere. */
export function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const turn = last.then(change);
  last = turn.catch(() => undefined);
  return turn;
}
