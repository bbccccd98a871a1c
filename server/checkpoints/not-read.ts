import type { Finding } from './definitions.ts';
import { blockedBy } from './not-judged.ts';
import { sayGone } from './readers/project/say-missing.ts';
import type { NotRead } from './reading.ts';
import { SERVICES, type ServiceKind } from './services.ts';

const PROJECT_OWNER = '1.1/folders';

/** The criterion that owns each thing that is not a service and that readers may find absent. */
const OWNERS: Readonly<Record<string, string>> = {
  dockerfile: '1.3/dockerfile',
  image: '1.3/image',
  compose: '1.4/compose',
  stack: '1.4/up',
  project: PROJECT_OWNER,
};

/** The finding if a reader threw `NotRead`: blocked by the owner of what is absent, waiting, or refused. */
export function notRead(criterion: string, expected: string, { state, of, said }: NotRead): Finding {
  const where = of in SERVICES ? { service: of } : {};
  switch (state) {
    case 'absent': {
      if (of === 'project' && criterion === PROJECT_OWNER) return { verdict: 'not-met', diagnosis: { expected, ...sayGone(said) } };
      const service: ServiceKind | undefined = Object.entries(SERVICES).find(([name]) => name === of)?.[1];
      const owner = service?.owner ?? OWNERS[of];
      if (owner !== undefined) return blockedBy(owner, service && `le fichier Compose n’a pas de ${service.called}`);
      return {
        verdict: 'not-met',
        diagnosis: {
          code: `${nameOf(criterion)}.absent`,
          expected,
          observed: `\`${of}\` est absent`,
          where,
          look: said || 'Vérifiez son nom, et qu’il est bien démarré.',
        },
      };
    }
    case 'waiting':
      return {
        verdict: 'cannot-tell',
        diagnosis: {
          // A service of the learner's may have a name that no code can hold.
          code: `wait.${nameOf(criterion)}`,
          expected,
          observed: `\`${of}\` démarre${said && ` : ${said}`}`,
          where,
          look: 'Il sera regardé de nouveau dans un instant.',
        },
      };
    case 'refused':
      return {
        verdict: 'not-met',
        diagnosis: {
          code: `${nameOf(criterion)}.refused`,
          expected,
          observed: `\`${of}\` ne se laisse pas interroger : ${said}`,
          where,
          look: `\`docker compose logs ${of}\` dit ce qu’il en pense.`,
        },
      };
  }
}

function nameOf(criterion: string): string {
  return criterion.split('/')[1] ?? criterion;
}
