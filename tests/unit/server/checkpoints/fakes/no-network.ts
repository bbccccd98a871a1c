import type { StackNetwork } from '../../../../../server/checkpoints/network/definitions.ts';

const never = () => Promise.reject(new Error('not asked for in this test'));

/** For tests that ask no program of the stack. */
export const noNetwork: StackNetwork = { http: never, redis: never, mongo: never };
