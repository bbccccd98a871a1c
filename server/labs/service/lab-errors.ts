import { EscaleError } from '../../errors/escale-error.ts';

export function labUnknown(lab: string): EscaleError {
  return new EscaleError('not-found', 'lab.unknown', {
    message: `Aucun labo ne s’appelle « ${lab} » ici.`,
    hint: '« npx escale lab list » montre ceux de ce dossier d’état.',
  });
}

export function labAway(lab: string, state: string): EscaleError {
  return new EscaleError('unavailable', 'lab.away', {
    message: `Le labo « ${lab} » ne répond pas pour le moment (état : ${state}).`,
    hint: 'Attendez qu’il soit prêt, ou démarrez-le.',
  });
}

export function labNotReady(lab: string, seconds: number, cause: unknown): EscaleError {
  return new EscaleError(
    'unavailable',
    'lab.not-ready',
    {
      message: `Le labo « ${lab} » n’est pas prêt après ${seconds} s.`,
      hint: 'La machine est peut-être très occupée, ou l’image du labo se construit encore : réessayez ; « npx escale doctor » dit ce qui manque.',
    },
    { cause },
  );
}

export function labInterrupted(lab: string): EscaleError {
  return new EscaleError('unavailable', 'lab.interrupted', {
    message: `Le démarrage du labo « ${lab} » a été interrompu.`,
    hint: 'Redémarrez-le quand vous voulez : ses fichiers sont gardés.',
  });
}
