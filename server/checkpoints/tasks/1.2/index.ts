import type { Criterion } from '../../definitions.ts';
import { again } from './again.ts';
import { failure } from './failure.ts';
import { loads } from './loads.ts';
import { program } from './program.ts';
import { requirements } from './requirements.ts';
import { source } from './source.ts';

/** 1.2, the ETL: its dependencies, its program, and what it does with a trial's sources. */
export const task12: readonly Criterion[] = [requirements, program, loads, source, again, failure];
