import type { Criterion } from '../../definitions.ts';
import { isolation } from './isolation.ts';
import { network } from './network.ts';

/** 2.4, networks: the ones that the file declares, and what the engine made of them. */
export const task24: readonly Criterion[] = [network, isolation];
