import { contractsOf } from './contracts-of.ts';

await contractsOf(['apache/airflow:2.7.3-python3.11']);
