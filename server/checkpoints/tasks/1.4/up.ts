import type { Remark } from '../../../../contract/verdict.ts';
import type { Criterion, Finding } from '../../definitions.ts';
import { startsByDefault } from '../../probes/compose/model.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { judgeService } from '../../probes/container/service-trouble.ts';
import { stackOf } from '../../probes/container/stack.ts';
import type { ServiceTrouble } from '../../probes/container/trouble.ts';
import { cannotTell, met, notMet, remark } from '../../probes/findings.ts';

const expected = 'après `docker compose up -d`, chaque service en marche, et l’ETL terminé avec le code 0 ou encore au travail';
const OPTIONAL = /pgadmin|adminer/;

export const up: Criterion = {
  id: '1.4/up',
  needs: ['1.4/compose'],
  async judge(view) {
    const { project, etl, database } = await composeRoles(view);
    const stack = await stackOf(view);
    const wanted = Object.entries(project.model.services).filter(([name, service]) => startsByDefault(service) || name === etl?.name);
    const required = wanted.filter(([, { image = '' }]) => !OPTIONAL.test(image)).map(([name]) => name);
    const absent = required.filter((name) => stack.of(name).length === 0);
    if (absent.length > 0) return notUp(absent, stack.name === null);
    const found: { name: string; trouble: ServiceTrouble }[] = [];
    for (const name of order(
      wanted.map(([name]) => name),
      [database?.name, etl?.name],
    )) {
      const trouble = await judgeService(view, name);
      if (trouble) found.push({ name, trouble });
    }
    const serious = found.filter(({ name, trouble }) => required.includes(name) && trouble.kind !== 'note');
    const first = serious.find(({ trouble }) => trouble.kind === 'fault') ?? serious[0];
    if (first) return say(first.trouble);
    return met({ remarks: found.map(({ trouble }) => asRemark(trouble)) });

    function notUp(names: readonly string[], all: boolean): Finding {
      const list = names.map((name) => `\`${name}\``).join(', ');
      const hidden = names.find((name) => (project.model.services[name]?.profiles.length ?? 0) > 0);
      const where = placeOf(project, names[0] ?? '', ...(hidden ? ['profiles'] : []));
      if (hidden) {
        const observed = `le service \`${hidden}\` a un profil : \`docker compose up -d\` ne le démarre pas`;
        return notMet('up.profile', {
          expected,
          observed,
          where: placeOf(project, hidden, 'profiles'),
          look: 'Retirez `profiles` de ce service.',
        });
      }
      const observed = all ? 'aucun conteneur de ce projet sur le moteur' : `sans conteneur : ${list}`;
      const look =
        'Lancez `docker compose up -d --build`, et lisez ce qu’il dit jusqu’au bout : une construction ou un téléchargement a pu échouer.';
      return notMet(all ? 'up.not-started' : 'up.service-absent', { expected, observed, where, look });
    }
  },
};

function say({ kind, code, observed, where, look, evidence }: ServiceTrouble): Finding {
  const diagnosis = { expected, observed, where, look };
  if (kind === 'wait') return cannotTell(`wait.${code}`, diagnosis);
  return kind === 'blocked' ? cannotTell(`blocked.${code}`, diagnosis) : notMet(code, diagnosis, { evidence });
}

/** What is optional may fail. */
function asRemark({ observed, where, kind, code, look }: ServiceTrouble): Remark {
  if (kind === 'note') return remark(code, `${observed}. ${look}`, where);
  return remark(kind === 'fault' ? code : 'up.optional', `${observed} (service facultatif)`, where);
}

/** The database, then the others, then the ETL that depends on them. */
function order(names: readonly string[], [first, last]: readonly (string | undefined)[]): string[] {
  const rank = (name: string) => (name === first ? 0 : name === last ? 2 : 1);
  return [...names].sort((a, b) => rank(a) - rank(b));
}
