import { isAbsolute, join } from 'node:path';
import type { Control } from '../control/definitions.ts';
import type { ControlOptions } from '../control/open-control.ts';
import type { Environment } from '../environment.ts';
import { asEscaleError } from '../errors/as-escale-error.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { SOLO_LEARNER } from '../learner.ts';
import type { CliIo, Outcome, Verb, VerbContext } from './definitions.ts';
import { helpText } from './help.ts';
import { splitCommon } from './split-common.ts';
import { VERBS } from './verbs.ts';

export interface CliWorld {
  readonly io: CliIo;
  readonly readEnvironment: () => Environment;
  readonly openControl: (options: ControlOptions) => Promise<Control>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Runs one command line; resolves to its exit status. With `--json`, standard output gets exactly one document, also for errors. */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  const { io, readEnvironment, openControl, signal } = world;
  const say = (line: string): void => void io.stderr.write(`${line}\n`);
  const { words, json, state } = splitCommon(argv);
  if (asksHelp(words)) {
    io.stdout.write(helpText(VERBS));
    return 0;
  }
  const verb = VERBS.find(({ name }) => name.split(' ').every((part, index) => words[index] === part));
  const opened: { control?: Promise<Control> } = {};
  try {
    if (!verb) throw unknownVerb(words);
    const environment = readEnvironment();
    const stateDir = state === undefined ? environment.stateDir : isAbsolute(state) ? state : join(io.cwd, state);
    const context: VerbContext = {
      io,
      environment,
      learner: SOLO_LEARNER,
      json,
      signal,
      say,
      stateDir,
      stateNamed: state !== undefined || environment.stateNamed,
      control: () => {
        opened.control ??= openControl({ stateDir, onProgress: say, signal });
        return opened.control;
      },
    };
    const outcome = await verb.run(words.slice(verb.name.split(' ').length), context);
    return print(outcome, json, io);
  } catch (thrown) {
    return fail(thrown, verb, { json, io, interrupted: signal.aborted });
  } finally {
    await opened.control?.then(
      (open) => open.close(),
      () => undefined,
    );
  }
}

function print(outcome: Outcome, json: boolean, io: CliIo): number {
  if (json && outcome.document !== undefined) io.stdout.write(`${JSON.stringify(outcome.document, null, 2)}\n`);
  else if (!json && outcome.text !== undefined && outcome.text !== '') io.stdout.write(`${outcome.text}\n`);
  return outcome.exit;
}

function fail(thrown: unknown, verb: Verb | undefined, how: { json: boolean; io: CliIo; interrupted: boolean }): number {
  const error = toEscaleError(thrown, how.interrupted);
  const body = error.toBody();
  if (error.code === 'cli.usage' && verb) body.error.hint = `Usage : escale ${verb.name} ${verb.usage}`.trim();
  if (how.json) how.io.stdout.write(`${JSON.stringify(body, null, 2)}\n`);
  else how.io.stderr.write(`${body.error.message}\n${body.error.hint}\n`);
  if (error.kind === 'fault' && thrown instanceof Error) how.io.stderr.write(`${thrown.stack ?? ''}\n`);
  return verb?.failureExit ?? error.exitStatus;
}

function toEscaleError(thrown: unknown, interrupted: boolean): EscaleError {
  if (interrupted) {
    const text = { message: 'La commande a été interrompue.', hint: 'Relancez-la ; ce qui était commencé est repris ou nettoyé.' };
    return new EscaleError('unavailable', 'cli.interrupted', text, { cause: thrown });
  }
  return asEscaleError(thrown);
}

function asksHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  return own[0] === 'help' || own.includes('--help') || own.includes('-h');
}

function unknownVerb(words: readonly string[]): EscaleError {
  return new EscaleError('usage', 'cli.unknown-verb', {
    message: words.length === 0 ? 'Il manque une commande.' : `La commande « ${words.slice(0, 2).join(' ')} » n’existe pas.`,
    hint: `Commandes : ${VERBS.map(({ name }) => name).join(', ')}.`,
  });
}
