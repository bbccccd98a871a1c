import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EscaleError } from './errors/escale-error.ts';

export interface ServeOptions {
  readonly port: number | null;
  /** The port of the pages, if another server stands in front (`npm run dev`). */
  readonly publicPort: number | null;
  readonly stateDir: string | null;
  readonly locked: boolean;
  /** Keeps labs running when the server stops, whatever the configuration: in development the server restarts at every change. */
  readonly keepLabs: boolean;
}

export function readServeOptions(args: readonly string[]): ServeOptions {
  const { values } = parse(args);
  return {
    port: port(values.port),
    publicPort: port(values['public-port']),
    stateDir: values.state === undefined ? null : resolve(values.state),
    locked: values.locked ?? false,
    keepLabs: values['keep-labs'] ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'public-port': { type: 'string' },
        state: { type: 'string' },
        locked: { type: 'boolean' },
        'keep-labs': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function port(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  throw usage(`« ${text} » n’est pas un port.`);
}

function usage(why: string): EscaleError {
  return new EscaleError('usage', 'serve.usage', { message: why, hint: 'Options : --port N, --state DOSSIER, --locked.' });
}
