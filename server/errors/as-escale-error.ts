import { EscaleError } from './escale-error.ts';

/** Converts any error to an `EscaleError`; an unknown one becomes a `fault`. */
export function asEscaleError(error: unknown): EscaleError {
  if (error instanceof EscaleError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new EscaleError(
    'fault',
    'escale.fault',
    {
      message: `Escale a rencontré une erreur imprévue : ${reason}`.slice(0, 2000),
      hint: 'Réessayez ; si cela se répète, joignez escale.log (dans le dossier d’état) à votre signalement.',
    },
    { cause: error },
  );
}
