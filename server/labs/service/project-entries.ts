import type { FileEntry } from '../../../contract/files.ts';
import { EscaleError } from '../../errors/escale-error.ts';
import type { LabAgent } from '../agents/definitions.ts';

/** What the project holds. A project folder that was removed holds nothing; any other failure is one. */
export async function projectEntries(agent: LabAgent, signal?: AbortSignal): Promise<readonly FileEntry[]> {
  try {
    return (await agent.tree(signal)).entries;
  } catch (error) {
    if (error instanceof EscaleError && error.kind === 'not-found') return [];
    throw error;
  }
}
