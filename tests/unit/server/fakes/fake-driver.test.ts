import type { LabSpec } from '../../../../server/labs/driver/definitions.ts';
import { type DriverWorld, labDriverContract } from '../../../support/lab-driver-contract.ts';
import { FakeDriver } from './fake-driver.ts';

const spec: LabSpec = {
  ...{ id: 'solo', image: 'lab:1', isolation: 'userns', memoryBytes: 1000, cpus: 1, pids: 1, openFiles: 1 },
  ...{ agentToken: 'agent', sourceToken: 'source', registry: null, allow: [], env: {}, extraCa: null },
};

/** Each instance is one object: what a real driver reads from its engine, the fake remembers. */
function fakeWorld(): DriverWorld {
  const drivers = new Map<string, FakeDriver>();
  const notes = new Map<string, string>();
  const driver = (instance: string): FakeDriver => {
    const found = drivers.get(instance) ?? new FakeDriver(instance);
    drivers.set(instance, found);
    return found;
  };
  return {
    spec,
    driver,
    remains: async () => {
      const { volumes } = driver('own');
      const hasContainer = (await driver('own').inspect(spec.id)) !== null;
      return [...(hasContainer ? (['container', 'network'] as const) : []), ...(volumes.has(spec.id) ? (['volumes'] as const) : [])];
    },
    removeContainer: async () => driver('own').removeBehindOurBack(spec.id),
    write: async ({ agentUrl }, note) => void notes.set(agentUrl, note),
    read: async ({ agentUrl }) => (driver('own').volumes.has(spec.id) ? (notes.get(agentUrl) ?? '') : ''),
  };
}

labDriverContract(async () => fakeWorld());
