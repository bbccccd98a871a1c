import { contractsOf } from './contracts-of.ts';

await contractsOf(['mongo:7']);
