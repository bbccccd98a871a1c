import { EscaleError } from '../errors/escale-error.ts';

/** Waits for `work` at most `ms`, and no longer than `signal` lets it. `what` names the work in French, as in « la création du réseau ». */
export async function within<T>(ms: number, what: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooLong(what, ms)), ms);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    work.catch(() => undefined); // once nobody waits for it, its failure is nobody's
  }
}

function tooLong(what: string, ms: number): EscaleError {
  return new EscaleError('unavailable', 'engine.slow', {
    message: `Le moteur Docker de la machine n’a pas terminé en ${Math.round(ms / 1000)} s : ${what}.`,
    hint: 'La machine est peut-être très chargée ; réessayez, puis lancez « escale doctor ».',
  });
}
