import type { LabStatus } from '../../../contract/lab.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { LabDriver } from '../driver/definitions.ts';

export type Measures = Pick<LabStatus, 'engine' | 'memory' | 'disk'>;

/** How much a ready lab uses, and whether its engine runs; what cannot be told is left out. */
export async function measureLab(id: string, driver: LabDriver, agent: LabAgent, diskLimitBytes: number): Promise<Measures> {
  const [usage, health] = await Promise.allSettled([driver.usage(id), agent.health()]);
  return {
    // An agent that does not answer says nothing of its engine.
    ...(health.status === 'fulfilled' ? { engine: health.value.engine } : {}),
    ...(usage.status === 'fulfilled'
      ? {
          memory: { usedBytes: usage.value.memoryBytes, limitBytes: usage.value.memoryLimitBytes },
          disk: { usedBytes: usage.value.diskBytes, limitBytes: diskLimitBytes },
        }
      : {}),
  };
}
