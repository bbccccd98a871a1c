import type { Duplex } from 'node:stream';
import { EscaleError } from '../../errors/escale-error.ts';
import { LabUnavailable } from '../../lab-engine/lab-unavailable.ts';
import type { LabAgent } from '../../labs/agents/definitions.ts';
import type { Address, Dialer } from './definitions.ts';
import { noAnswer } from './no-answer.ts';

/** Connects from inside a lab, through its agent. */
export class AgentDialer implements Dialer {
  readonly #agent: Pick<LabAgent, 'tunnel'>;

  constructor(agent: Pick<LabAgent, 'tunnel'>) {
    this.#agent = agent;
  }

  async connect(to: Address, signal: AbortSignal): Promise<Duplex> {
    try {
      return await this.#agent.tunnel(to, signal);
    } catch (cause) {
      signal.throwIfAborted();
      const code = cause instanceof EscaleError ? cause.code : '';
      if (code === 'tunnel.refused') throw noAnswer.closed(to.port, cause);
      if (code === 'tunnel.unreachable') throw noAnswer.unreachable(to.host, cause);
      throw new LabUnavailable('lab', { cause });
    }
  }
}
