import { LabUnavailable } from './lab-unavailable.ts';

/** How long the engine has to answer one question. */
const DEADLINE_MS = 15_000;

/** Awaits an answer of the engine: within a deadline, `absent` in place of a 404 (and of the statuses in `also`), `LabUnavailable` for what is no answer. */
export async function ask<T>(answer: Promise<T>): Promise<T>;
export async function ask<T, A>(answer: Promise<T>, options: { absent: A; also?: readonly number[] }): Promise<T | A>;
export async function ask<T, A>(answer: Promise<T>, options?: { absent: A; also?: readonly number[] }): Promise<T | A> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LabUnavailable('engine')), DEADLINE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    if (options && [404, ...(options.also ?? [])].includes(statusOf(error))) return options.absent;
    if (error instanceof LabUnavailable) throw error;
    throw new LabUnavailable('engine', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0;
}
