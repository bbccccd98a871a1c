/** A probe could not look: the engine or the lab does not answer, or there is no source that a trial may set. Never the learner's mistake. */
export class LabUnavailable extends Error {
  readonly part: 'engine' | 'lab' | 'source';

  constructor(part: 'engine' | 'lab' | 'source', options?: { cause?: unknown }) {
    super(`${part} does not answer`, options);
    this.name = 'LabUnavailable';
    this.part = part;
  }
}
