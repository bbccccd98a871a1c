import { EscaleError } from '../errors/escale-error.ts';

function statusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** The engine says that there is no such object. */
export function isAbsent(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** The engine says that the object is there already, or is being removed by somebody else. */
export function isConflict(error: unknown): boolean {
  return statusOf(error) === 409;
}

/** The object is already in the state asked for. */
export function isAlreadySo(error: unknown): boolean {
  return statusOf(error) === 304;
}

/** Waits for `work`, null where the object is absent. */
export async function orAbsent<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** What the system says when there is no engine behind the socket, or none that we may ask. */
const UNREACHABLE = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EACCES', 'EPERM', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH'];

/** Any failure as something a person can act on. */
export function toEscaleError(error: unknown): EscaleError {
  if (error instanceof EscaleError) return error;
  if (error instanceof Error && 'code' in error && UNREACHABLE.includes(String(error.code))) {
    return new EscaleError(
      'unavailable',
      'engine.unreachable',
      {
        message: `Le moteur Docker de la machine ne répond pas (${String(error.code)}).`,
        hint: 'Démarrez Docker, puis lancez « escale doctor ».',
      },
      { cause: error },
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return new EscaleError(
    'unavailable',
    'engine.refused',
    {
      message: `Le moteur Docker de la machine a refusé : ${message.slice(0, 1000)}`,
      hint: 'Lancez « escale doctor » pour savoir ce qui manque.',
    },
    { cause: error },
  );
}
