import { type ParseArgsConfig, parseArgs } from 'node:util';
import { labIdSchema } from '../../contract/lab.ts';
import { EscaleError } from '../errors/escale-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Options and words of a verb. What is not understood is a usage error that shows the verb's usage. */
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

/** The command line was not understood; the hint is replaced by the usage of the verb at hand. */
export function usageError(message: string, cause?: unknown): EscaleError {
  return new EscaleError('usage', 'cli.usage', { message, hint: 'Tapez « escale help » pour la liste des commandes.' }, { cause });
}

/** A lab's id as typed. */
export function labArg(word: string | undefined): string {
  const parsed = labIdSchema.safeParse(word);
  if (parsed.success) return parsed.data;
  throw new EscaleError('usage', 'lab.unknown', {
    message: `« ${word ?? ''} » n’est pas le nom d’un labo.`,
    hint: 'La commande « escale lab list » donne les labos qui existent.',
  });
}

/** A whole number of seconds as typed. */
export function secondsArg(word: string | undefined, fallback: number): number {
  if (word === undefined) return fallback;
  if (!/^\d{1,5}$/.test(word)) throw usageError(`« ${word} » n’est pas un nombre de secondes.`);
  return Number(word);
}
