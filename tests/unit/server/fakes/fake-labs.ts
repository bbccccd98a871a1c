import { Readable, Writable } from 'node:stream';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import type { LabImages } from '../../../../server/images/definitions.ts';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';
import type { LabJudge } from '../../../../server/labs/service/lab-judge.ts';
import { type FindJudge, LabService } from '../../../../server/labs/service/lab-service.ts';
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
  list: async () => [],
};

const never = () => Promise.reject(new Error('not asked for in this test'));

export interface FakeLabsOptions {
  readonly driver?: FakeDriver;
  readonly store?: LabStore;
  readonly agent?: LabAgent;
  readonly engineThere?: () => boolean;
  readonly judge?: Partial<LabJudge>;
  /** In place of `judge`. */
  readonly findJudge?: FindJudge;
  readonly supplied?: () => Promise<void>;
}

/** The real lab service, with labs in memory. */
export function fakeLabs({
  driver = new FakeDriver(),
  store = new LabStore(openDatabase(':memory:')),
  agent = fakeAgent(),
  engineThere = () => true,
  judge = {},
  findJudge = () => ({ check: async () => [], tryOne: never, engineEvents: never, ...judge }),
  supplied = async () => undefined,
}: FakeLabsOptions = {}): LabService {
  return new LabService(
    {
      host: async () => {
        if (!engineThere()) throw new EscaleError('unavailable', 'engine.unreachable', { message: 'm', hint: 'h' });
        return { driver, images: FAKE_IMAGES, memoryBytes: 8e9, cpus: 4 };
      },
      store,
      spec: async (record) => ({
        ...{ id: record.id, image: 'lab:1', isolation: 'userns', memoryBytes: 1000, cpus: 1, pids: 1, openFiles: 1 },
        ...{ agentToken: record.agentToken, sourceToken: record.sourceToken, registry: null, allow: [], env: {}, extraCa: null },
      }),
      supplied,
      onStartFailed: () => undefined,
      connect: () => agent,
      emptyEngine: async () => undefined,
      starter: async () => Readable.from(['starter']),
      isolation: 'userns',
      diskLimitBytes: 400,
      archives: '/nowhere',
      log: createLogger('silent', new Writable()),
    },
    findJudge,
  );
}
