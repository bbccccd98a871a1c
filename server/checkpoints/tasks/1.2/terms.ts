import type { TrialTerms } from '../../definitions.ts';
import { codeDigest } from '../../probes/sandbox/project-digest.ts';

/** One act for all trials of 1.2: the program is run against sources of the trial's own. */
export const pipelineTerms: TrialTerms = {
  announce:
    'L’essai copie votre projet, lance votre programme devant une base neuve et des sources d’essai : normale, changée, en panne, illisible, lente. Il prend une minute environ, plus la première installation des paquets. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  subject: codeDigest,
  act: '1.2',
};

export const NEEDS = ['1.2/requirements', '1.2/program'];
