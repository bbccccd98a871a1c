import { existsSync, renameSync, statSync } from 'node:fs';
import { type DestinationStream, destination, type LevelWithSilent, type Logger, pino } from 'pino';
import { z } from 'zod';

/** A log above this size is rotated at the next start. */
const ROTATE_BYTES = 10 * 1024 * 1024;

const SECRET_KEY = /token|password|secret|authorization|cookie/i;

const requestSchema = z.object({ id: z.string(), method: z.string(), url: z.string() });

/** A logger that writes neither token nor password: keys that hold one are masked at any depth, URLs lose their credentials, requests their query and headers. */
export function createLogger(level: LevelWithSilent, stream: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { req: describeRequest },
      formatters: { log: (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, mask(key, value)])) },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args;
          method.apply(this, [typeof first === 'string' ? maskSecrets(first) : first, ...rest.map((arg) => mask('', arg))] as typeof args);
        },
      },
    },
    stream,
  );
}

/** Appends to a file; if it is larger than 10 MiB, renames it to `.1` first. */
export function logFile(path: string): DestinationStream {
  if (existsSync(path) && statSync(path).size > ROTATE_BYTES) renameSync(path, `${path}.1`);
  return destination({ dest: path, append: true, mode: 0o600, sync: true });
}

/** Masks `user:password@` in URLs, and the text after `Bearer`. */
export function maskSecrets(text: string): string {
  return text.replace(/\/\/[^/\s:@]*:[^/\s@]*@/g, '//***@').replace(/(Bearer\s+)[\w.~+/=-]+/gi, '$1***');
}

function mask(key: string, value: unknown): unknown {
  if (SECRET_KEY.test(key)) return '***';
  if (typeof value === 'string') return maskSecrets(value);
  if (value instanceof Error) return mask(key, pino.stdSerializers.err(value));
  if (Array.isArray(value)) return value.map((item) => mask('', item));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, item]) => [inner, mask(inner, item)]));
}

function describeRequest(request: unknown): unknown {
  const parsed = requestSchema.safeParse(request);
  return parsed.success ? { id: parsed.data.id, method: parsed.data.method, path: parsed.data.url.split('?', 1)[0] } : undefined;
}

/** False for requests, sockets and other objects with their own serializers. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    value.constructor === undefined ||
    'aggregateErrors' in value ||
    'stack' in value
  );
}
