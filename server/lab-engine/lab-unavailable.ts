/** A reader or an act could not ask: the engine or the lab does not answer, or there is no source that a trial may set. The learner is never to blame. */
export class LabUnavailable extends Error {
  readonly part: 'engine' | 'lab' | 'source';

  constructor(part: 'engine' | 'lab' | 'source', options?: { cause?: unknown }) {
    super(`${part} does not answer`, options);
    this.name = 'LabUnavailable';
    this.part = part;
  }
}
