import { type AgentHealth, agentHealthSchema } from '../../../contract/agent.ts';

const ANSWER_MS = 3000;
const ANSWER_BYTES = 16 * 1024;

/** What one look at a lab's agent gave. `refused`: something answers there, and does not know our token. */
export type AgentSight = AgentHealth | 'silent' | 'refused';

/** Asks an agent how it is, once. Never throws for what the agent does or answers; only the caller's `signal` does. */
export async function lookAtAgent(agentUrl: string, token: string, signal: AbortSignal): Promise<AgentSight> {
  try {
    const response = await fetch(`${agentUrl}/health`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      return 'refused';
    }
    const health = agentHealthSchema.safeParse(JSON.parse(await boundedText(response)));
    return health.success ? health.data : 'silent';
  } catch {
    signal.throwIfAborted();
    return 'silent';
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > ANSWER_BYTES) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
