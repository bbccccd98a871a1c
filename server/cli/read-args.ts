import { type ParseArgsConfig, parseArgs } from 'node:util';
import { labIdSchema } from '../../contract/lab.ts';
import { EscaleError } from '../errors/escale-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parses the options and words of a verb. Throws a usage error if they are not understood. */
export function readArgs<const T extends Options>(args: readonly string[], options: T, words: { min: number; max: number }) {
  const parsed = parse(args, options);
  const count = parsed.positionals.length;
  if (count < words.min) throw usageError('Il manque un argument.');
  if (count > words.max) throw usageError(`Argument de trop : « ${parsed.positionals[words.max]} ».`);
  return parsed;
}

function parse<const T extends Options>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

/** A usage error; its hint is replaced by the usage of the verb. */
export function usageError(message: string, cause?: unknown): EscaleError {
  return new EscaleError('usage', 'cli.usage', { message, hint: 'Tapez « escale help » pour la liste des commandes.' }, { cause });
}

/** Parses a lab's id. */
export function labArg(word: string | undefined): string {
  const parsed = labIdSchema.safeParse(word);
  if (parsed.success) return parsed.data;
  throw new EscaleError('usage', 'lab.unknown', {
    message: `« ${word ?? ''} » n’est pas le nom d’un labo.`,
    hint: 'La commande « escale lab list » donne les labos qui existent.',
  });
}

/** Parses a whole number of seconds. */
export function secondsArg(word: string | undefined, fallback: number): number {
  if (word === undefined) return fallback;
  if (!/^\d{1,5}$/.test(word)) throw usageError(`« ${word} » n’est pas un nombre de secondes.`);
  return Number(word);
}
