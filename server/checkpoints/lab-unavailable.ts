/** A probe could not look: the engine or the lab does not answer. Never the learner's mistake. */
export class LabUnavailable extends Error {
  readonly part: 'engine' | 'lab';

  constructor(part: 'engine' | 'lab', options?: { cause?: unknown }) {
    super(`${part} does not answer`, options);
    this.name = 'LabUnavailable';
    this.part = part;
  }
}
