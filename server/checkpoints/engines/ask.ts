import { LabUnavailable } from '../lab-unavailable.ts';

/** How long the engine has to answer one question. */
const DEADLINE_MS = 15_000;

/** Awaits an answer of the engine: within a deadline, `absent` in place of a 404, `LabUnavailable` for what is no answer. */
export async function ask<T>(answer: Promise<T>): Promise<T>;
export async function ask<T, A>(answer: Promise<T>, options: { absent: A; deadlineMs?: number }): Promise<T | A>;
export async function ask<T, A>(answer: Promise<T>, options?: { absent: A; deadlineMs?: number }): Promise<T | A> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LabUnavailable('engine')), options?.deadlineMs ?? DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    if (options && statusOf(error) === 404) return options.absent;
    if (error instanceof LabUnavailable) throw error;
    throw new LabUnavailable('engine', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function statusOf(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
}
