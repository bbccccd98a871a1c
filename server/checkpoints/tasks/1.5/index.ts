import type { Criterion } from '../../definitions.ts';
import { fromNothing } from './from-nothing.ts';
import { journal } from './journal.ts';

/** 1.5, validation: what the last run logged and really loaded, and a start of the project from nothing. */
export const task15: readonly Criterion[] = [journal, fromNothing];
