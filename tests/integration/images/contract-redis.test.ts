import { contractsOf } from './contracts-of.ts';

await contractsOf(['redis:7-alpine']);
