import type { Verdict, Where } from '../../contract/verdict.ts';
import { EscaleError } from '../errors/escale-error.ts';
import { LabUnavailable } from '../lab-engine/lab-unavailable.ts';
import type { Finding } from './definitions.ts';
import { planned } from './plan.ts';

/** The finding if a prerequisite is not met. It names the first cause, however long the chain of prerequisites is. */
export function blockedByVerdict(needed: Exclude<Verdict, { verdict: 'met' }>): Finding {
  const { code, where } = needed.diagnosis;
  if (needed.verdict === 'cannot-tell' && /^(blocked|unavailable|wait)\./.test(code))
    return { verdict: 'cannot-tell', diagnosis: needed.diagnosis };
  return blockedBy(needed.id, undefined, where);
}

/** The finding if another criterion names the cause and must be met first. */
export function blockedBy(
  id: string,
  observed = 'ce critère sera regardé quand celui dont il dépend sera atteint',
  where: Where = {},
): Finding {
  const { title } = planned(id);
  return {
    verdict: 'cannot-tell',
    diagnosis: { code: `blocked.${id}`, expected: `d’abord : ${title}`, observed, where, look: `Réglez d’abord « ${title} ».` },
  };
}

export function notTried(announce: string): Finding {
  return {
    verdict: 'cannot-tell',
    diagnosis: {
      code: 'trial.not-run',
      expected: 'un essai, que vous lancez',
      observed: 'l’essai n’a pas encore eu lieu',
      where: {},
      look: announce,
    },
  };
}

/** The finding if the look itself failed. The learner is never to blame for that. */
export function couldNotLook(error: unknown): Finding {
  if (error instanceof EscaleError) return unavailable('trial', error.message, error.hint);
  const part = error instanceof LabUnavailable ? error.part : 'checker';
  const { observed, look } = REASONS[part];
  return unavailable(part, observed, look);
}

function unavailable(part: string, observed: string, look: string): Finding {
  const expected = 'un moteur et un labo qui répondent';
  return { verdict: 'cannot-tell', diagnosis: { code: `unavailable.${part}`, expected, observed, where: {}, look } };
}

const REASONS = {
  engine: {
    observed: 'le moteur Docker du labo ne répond pas ; aucun point n’est retiré',
    look: 'Redémarrez-le depuis la page, ou par `sudo service docker start` dans le terminal.',
  },
  lab: { observed: 'le labo ne répond pas ; aucun point n’est retiré', look: 'Attendez qu’il soit prêt, ou redémarrez-le depuis la page.' },
  source: {
    observed: 'cet essai règle la source de données d’un labo, et il n’y a pas de labo ici ; aucun point n’est retiré',
    look: 'Faites cet essai dans un labo : `escale lab start`, `escale lab put`, puis `escale check --trials --lab …`',
  },
  checker: {
    observed: 'le vérificateur n’a pas pu regarder : la faute est la sienne, aucun point n’est retiré',
    look: 'Relancez la vérification ; si cela dure, signalez-le avec le journal du serveur.',
  },
};
