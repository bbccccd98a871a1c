import type { TrialTerms } from '../../definitions.ts';
import { projectDigest } from '../../probes/sandbox/project-digest.ts';

/** One act for the trials of 1.4 and 1.5: the learner's stack is started beside itself, from a copy. */
export const stackTerms: TrialTerms = {
  announce:
    'L’essai copie votre projet et démarre, à côté de vos services et sous d’autres noms, une base qui tarde et votre ETL ; puis il les retire et redémarre la base. Il prend une à deux minutes, plus la construction de l’image si elle a changé. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  subject: projectDigest,
  act: '1.4',
};
