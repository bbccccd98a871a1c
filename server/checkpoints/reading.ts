/**
 * Thrown by a reader that has nothing to return. If the lab or its engine does not answer, readers throw `LabUnavailable` instead.
 * `not-read.ts` makes the verdict, for all criteria.
 * - `absent`: what it asks for does not exist (a container, file, table or path).
 * - `refused`: it exists but gives no usable answer (a wrong password, an endless answer); `said` is the reason.
 * - `waiting`: it is starting.
 */
export class NotRead {
  readonly state: 'absent' | 'refused' | 'waiting';
  /** What was asked: a service of the Compose file, or another name (`stack`). */
  readonly of: string;
  /** Our own reason in French, or a program's own words; bounded by the reader. Empty if there is none. */
  readonly said: string;

  constructor(state: NotRead['state'], of: string, said = '') {
    this.state = state;
    this.of = of;
    this.said = said;
  }
}
