import type { Finding } from '../../definitions.ts';
import { cannotTell } from '../../probes/findings.ts';

const FIRST = {
  'blocked.1.2/loads': 'un programme qui charge `users_data`',
  'blocked.1.2/source': 'un programme qui lit `SOURCE_API_URL`',
} as const;

/** What the same act could not try, because of a trial whose own criterion says why. */
export function blockedBy(code: keyof typeof FIRST): Finding {
  return cannotTell(code, {
    expected: `d’abord : ${FIRST[code]}`,
    observed: 'ce qui suit ne peut pas être essayé sans cela',
    where: {},
    look: 'Réglez d’abord ce critère-là, puis relancez l’essai.',
  });
}
