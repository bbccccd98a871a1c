/** Who works with Escale. Every request comes from one; what a class has to know of its learners is added here. */
export interface Learner {
  /** Under it progress is kept. */
  readonly id: string;
}

/** The one learner of a machine that is not shared. */
export const SOLO_LEARNER: Learner = { id: 'solo' };
