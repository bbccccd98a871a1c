import type { Criterion } from '../../definitions.ts';
import { compose } from './compose.ts';
import { dependsOn } from './depends-on.ts';
import { etlService } from './etl-service.ts';
import { lateDatabase } from './late-database.ts';
import { logs } from './logs.ts';
import { mounts } from './mounts.ts';
import { persistence } from './persistence.ts';
import { postgres } from './postgres.ts';
import { postgresHealth } from './postgres-health.ts';
import { rows } from './rows.ts';
import { up } from './up.ts';
import { volume } from './volume.ts';

/** 1.4, Compose: the file, the resolved services, the running stack, and what it loaded. */
export const task14: readonly Criterion[] = [
  compose,
  postgres,
  postgresHealth,
  volume,
  etlService,
  dependsOn,
  mounts,
  up,
  rows,
  logs,
  persistence,
  lateDatabase,
];
