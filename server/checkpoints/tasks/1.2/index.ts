import type { Criterion } from '../../definitions.ts';
import { program } from './program.ts';
import { requirements } from './requirements.ts';

/** 1.2, the ETL: its dependencies and its program; what it does is tried apart. */
export const task12: readonly Criterion[] = [requirements, program];
