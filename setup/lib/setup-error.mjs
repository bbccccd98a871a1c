/** A step of the preparation failed: what happened, why, and what the user can do. All three texts are shown, in French. */
export class SetupError extends Error {
  /**
   * @param {string} what
   * @param {{ why: string, mend: string, exitStatus?: number, cause?: unknown }} more
   */
  constructor(what, { why, mend, exitStatus = 69, cause }) {
    super(what, { cause });
    this.name = 'SetupError';
    this.why = why;
    this.mend = mend;
    this.exitStatus = exitStatus;
    /** Whether it has been shown to the user. */
    this.shown = false;
  }

  /** Converts anything thrown to a SetupError. @param {unknown} thrown */
  static from(thrown) {
    if (thrown instanceof SetupError) return thrown;
    const detail = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return new SetupError('La préparation s’est arrêtée sur une erreur inattendue.', {
      why: detail,
      mend: 'Relancez la commande ; si l’erreur revient, signalez-la avec le texte ci-dessus.',
      exitStatus: 70,
      cause: thrown,
    });
  }
}
