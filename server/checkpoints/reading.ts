/**
 * Thrown by a reader that has nothing to give. A lab or an engine that does not answer is something else: `LabUnavailable`. What a criterion then says is written once, for all criteria, in `not-read.ts`.
 * - `absent`: what it asks for is not there (no such container, file, table, path).
 * - `refused`: it is there and does not answer as it should (a wrong password, an answer that no limit holds); `said` is its reason.
 * - `waiting`: it is starting.
 */
export class NotRead {
  readonly state: 'absent' | 'refused' | 'waiting';
  /** What was asked: a service of the Compose file, or a word for the thing (`source`). */
  readonly of: string;
  /** In French where it is ours, in its own words where it is a program's; bounded by the reader. Empty where nothing was said. */
  readonly said: string;

  constructor(state: NotRead['state'], of: string, said = '') {
    this.state = state;
    this.of = of;
    this.said = said;
  }
}
