import { errorBodySchema } from '../../../contract/errors.ts';
import { type ErrorKind, EscaleError } from '../../errors/escale-error.ts';

/** What an agent may say that means something to its caller, and whose fault it is. Any other code counts as a lab that does not answer as it should. */
const KINDS: Readonly<Record<string, ErrorKind>> = {
  'file.conflict': 'conflict',
  'file.exists': 'conflict',
  'file.trash-gone': 'not-found',
  'file.into-itself': 'usage',
  'file.not-found': 'not-found',
  'file.outside': 'usage',
  'file.not-a-file': 'usage',
  'file.not-text': 'usage',
  'file.too-large': 'usage',
  'tree.refused': 'usage',
  'tree.not-a-tar': 'usage',
  'tree.outside': 'usage',
  'tree.busy': 'conflict',
  'exec.no-folder': 'usage',
  'terminal.too-many': 'conflict',
  'disk.full': 'unavailable',
  'tunnel.refused': 'unavailable',
  'tunnel.unreachable': 'unavailable',
  'unavailable.engine': 'unavailable',
};

/** The lab does not answer, or not as an agent does. */
export function labUnavailable(cause: unknown): EscaleError {
  const text = { message: 'Le labo ne répond pas.', hint: 'Attendez quelques secondes ; si cela dure, arrêtez puis démarrez le labo.' };
  return new EscaleError('unavailable', 'unavailable.lab', text, { cause });
}

export function labAnswersOddly(cause: unknown): EscaleError {
  const text = {
    message: 'L’agent du labo a donné une réponse qui n’a pas la forme attendue.',
    hint: 'Redémarrez le labo ; si cela revient, recréez-le (« escale lab remove », puis « escale lab start »).',
  };
  return new EscaleError('unavailable', 'unavailable.lab', text, { cause });
}

export function labAnswersTooMuch(maxBytes: number): EscaleError {
  const text = {
    message: `Le labo a répondu plus de ${maxBytes} octets : la lecture est arrêtée.`,
    hint: 'Retirez du projet les gros fichiers qui n’en font pas partie, puis recommencez.',
  };
  return new EscaleError('unavailable', 'unavailable.lab', text);
}

export function commandTooLarge(maxBytes: number): EscaleError {
  const text = { message: `La commande dépasse ${maxBytes} octets.`, hint: 'Passez ce qui est long par l’entrée standard.' };
  return new EscaleError('usage', 'exec.too-large', text);
}

/** The error that an agent's body tells: only codes that we know keep their meaning. */
export function errorFromAgent(body: unknown): EscaleError {
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return labAnswersOddly(parsed.error);
  const { code, message, hint } = parsed.data.error;
  const kind = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  return kind === undefined ? labAnswersOddly(new Error(`${code}: ${message}`)) : new EscaleError(kind, code, { message, hint });
}
