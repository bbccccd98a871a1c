import { WORKSHOP } from '../lab-engine/workshop-project.ts';

/** The copy's folder, as learners type it. */
export const WORKSHOP_FOLDER = `~/${WORKSHOP}`;
/** Added to each port that the learner's stack publishes, so that both stacks can run. */
export const PORT_SHIFT = 10_000;
/** A label of what the workshop adds beside the copy. */
export const ADDED_LABEL = 'escale.workshop';
