import { Readable, Writable } from 'node:stream';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import type { LabImages } from '../../../../server/images/definitions.ts';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';
import type { EngineStores } from '../../../../server/labs/driver/definitions.ts';
import { Archives } from '../../../../server/labs/service/archives.ts';
import type { LabChecker } from '../../../../server/labs/service/lab-checker.ts';
import { type FindChecker, LabService } from '../../../../server/labs/service/lab-service.ts';
import { createLogger } from '../../../../server/logging/logger.ts';
import { openDatabase } from '../../../../server/state/database.ts';
import { LabStore } from '../../../../server/state/lab-store.ts';
import { fakeAgent } from './fake-agent.ts';
import { FakeDriver } from './fake-driver.ts';

export const FAKE_IMAGES: LabImages = {
  labImage: async () => 'lab:1',
  findLabImage: async () => 'lab:1',
  registry: async () => 'registry:5000',
  courseImage: async () => undefined,
  publicRegistry: () => true,
  stopRegistry: async () => undefined,
  served: async () => [],
  list: async () => [],
};

/** A machine without any engine store. */
export const NO_STORES: EngineStores = {
  find: async () => null,
  prepare: () => Promise.reject(new Error('not asked for in this test')),
  sweep: async () => [],
};

const never = () => Promise.reject(new Error('not asked for in this test'));

export interface FakeLabsOptions {
  readonly driver?: FakeDriver;
  readonly store?: LabStore;
  readonly agent?: LabAgent;
  readonly engineThere?: () => boolean;
  readonly checker?: Partial<LabChecker>;
  /** In place of `checker`. */
  readonly findChecker?: FindChecker;
  readonly supplied?: () => Promise<void>;
  readonly madeFrom?: () => string;
  /** Where projects are archived; absent: nowhere. */
  readonly archives?: string;
}

/** The real lab service, with labs in memory. */
export function fakeLabs({
  driver = new FakeDriver(),
  store = new LabStore(openDatabase(':memory:')),
  agent = fakeAgent(),
  engineThere = () => true,
  checker = {},
  findChecker = () => ({ check: async () => [], tryOne: never, engineEvents: never, ...checker }),
  supplied = async () => undefined,
  madeFrom = () => 'today',
  archives = '/nowhere',
}: FakeLabsOptions = {}): LabService {
  return new LabService(
    {
      host: async () => {
        if (!engineThere()) throw new EscaleError('unavailable', 'engine.unreachable', { message: 'm', hint: 'h' });
        return { driver, images: FAKE_IMAGES, stores: NO_STORES, memoryBytes: 8e9, cpus: 4 };
      },
      store,
      spec: async (record) => ({
        ...{ id: record.id, image: 'lab:1', isolation: 'userns', memoryBytes: 1000, cpus: 1, pids: 1, openFiles: 1 },
        ...{ agentToken: record.agentToken, sourceToken: record.sourceToken, registry: null, allow: [], env: {}, extraCa: null },
      }),
      madeFrom: async () => madeFrom(),
      supplied,
      onStartFailed: () => undefined,
      connect: () => agent,
      projectBefore: async (task) => Readable.from([task === null ? 'starter' : `before ${task}`]),
      isolation: 'userns',
      diskLimitBytes: 400,
      archives: new Archives(archives),
      log: createLogger('silent', new Writable()),
    },
    findChecker,
  );
}
