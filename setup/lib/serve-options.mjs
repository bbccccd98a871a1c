import { parseArgs } from 'node:util';
import { SetupError } from './setup-error.mjs';

const USAGE = 'Options possibles : --port N, --state DOSSIER, --locked, --no-open (par npm : « npm start -- --port 8080 »).';

/** The options of `npm start`. @param {readonly string[]} args */
export function serveOptions(args) {
  const values = parse(args);
  if (values.port !== undefined && !isPort(values.port)) throw usage(`« ${values.port} » n’est pas un port.`);
  return {
    forServer: [
      ...(values.port === undefined ? [] : ['--port', values.port]),
      ...(values.state === undefined ? [] : ['--state', values.state]),
      ...(values.locked ? ['--locked'] : []),
    ],
    open: !values['no-open'],
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, state: { type: 'string' }, locked: { type: 'boolean' }, 'no-open': { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} text */
function isPort(text) {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** @param {string} why */
function usage(why) {
  return new SetupError('La commande n’est pas comprise.', { why, mend: USAGE, exitStatus: 64 });
}
