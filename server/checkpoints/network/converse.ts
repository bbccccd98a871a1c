import { addAbortSignal, type Duplex } from 'node:stream';
import { EscaleError } from '../../errors/escale-error.ts';
import { LabUnavailable } from '../../lab-engine/lab-unavailable.ts';
import type { Address, Dialer, Outcome } from './definitions.ts';
import { NoAnswer, noAnswer } from './no-answer.ts';

/**
 * Speaks with a program over connections that are all closed at the end, within `timeoutMs` altogether.
 * `talk` throws `NoAnswer`, or whatever its connections fail with once `over` has aborted.
 */
export async function converse<T>(
  { dialer, at, timeoutMs, signal }: { dialer: Dialer; at: Address; timeoutMs: number; signal: AbortSignal },
  talk: (connect: () => Promise<Duplex>, over: AbortSignal) => Promise<T>,
): Promise<Outcome<T>> {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(timeoutMs);
  const over = AbortSignal.any([signal, late]);
  const connections: Duplex[] = [];
  const connect = async (): Promise<Duplex> => {
    const connection = await dialer.connect(at, over);
    connections.push(connection);
    connection.on('error', () => connection.destroy());
    return addAbortSignal(over, connection);
  };
  try {
    return { answer: await talk(connect, over) };
  } catch (error) {
    signal.throwIfAborted();
    const lost = connections.find(({ errored }) => errored instanceof EscaleError);
    if (lost) throw new LabUnavailable('lab', { cause: lost.errored });
    if (late.aborted) return { failure: noAnswer.late(timeoutMs).failure };
    if (error instanceof NoAnswer) return { failure: error.failure };
    throw error;
  } finally {
    for (const connection of connections) connection.destroy();
  }
}
