import type { Criterion } from '../../definitions.ts';
import { journal } from './journal.ts';

/** 1.5, validation: what the last run says, and what it really left. */
export const task15: readonly Criterion[] = [journal];
