import type { Remark } from '../../../../contract/verdict.ts';
import { criterion } from '../../criterion.ts';
import { composeServices, type Service } from '../../readers/compose/compose-services.ts';
import { startsByDefault } from '../../readers/compose/model.ts';
import { placeOf } from '../../readers/compose/read-compose.ts';
import { stackOf } from '../../readers/container/stack.ts';
import { remark } from '../../readers/findings.ts';
import { judgeService } from '../../readers/trouble/service-trouble.ts';
import type { ServiceTrouble } from '../../readers/trouble/trouble.ts';
import { upRefusal } from '../../readers/trouble/up-refusals.ts';

const OPTIONAL = /pgadmin|adminer/;
/** Troubles with which `up` itself ends in failure. An optional service that is in the file must be started; its program may then stop. */
const STOPS_UP = /^up\.(port-taken|cannot-start|never-started)$/;
const UP =
  'Lancez `docker compose up -d --build`, et lisez ce qu’il dit jusqu’au bout : une construction ou un téléchargement a pu échouer.';

export const up = criterion('1.4/up', {
  needs: ['1.4/compose'],
  expected: 'après `docker compose up -d`, chaque service en marche, et l’ETL terminé avec le code 0 ou encore au travail',
  async read(view) {
    const services = await composeServices(view);
    const { project, of, all } = services;
    const refusal = await upRefusal(view, services);
    const stack = await stackOf(view);
    // The API has a criterion of its own for this, 2.3/reachable.
    const others = all.filter(({ name }) => name !== of.api?.name);
    const wanted = others.filter(({ name, service }) => startsByDefault(service) || name === of.etl?.name);
    const required = wanted.filter(({ service }) => !OPTIONAL.test(service.image ?? '')).map(({ name }) => name);
    const absent = required.filter((name) => stack.of(name).length === 0);
    const troubles: ServiceTrouble[] = [];
    const serious: ServiceTrouble[] = [];
    for (const name of absent.length > 0 ? [] : order(wanted, of.postgres?.name, of.etl?.name)) {
      const trouble = await judgeService(view, name);
      if (trouble) troubles.push(trouble);
      if (trouble && trouble.kind !== 'note' && (required.includes(name) || STOPS_UP.test(trouble.code))) serious.push(trouble);
    }
    return {
      refusal,
      absent,
      nothing: stack.name === null,
      hidden: absent.find((name) => (project.model.services[name]?.profiles.length ?? 0) > 0),
      cause: serious.find(({ kind }) => kind === 'fault') ?? serious[0],
      troubles,
      place: (name: string, ...keys: string[]) => placeOf(project, name, ...keys),
    };
  },
  where: ({ absent, place }) => place(absent[0] ?? ''),
  evidence: ({ cause }) => cause?.evidence ?? [],
})
  .faultOf(({ refusal }) => refusal)
  .fault('up.profile', ({ hidden }) => hidden, {
    observed: (_, hidden) => `le service \`${hidden}\` a un profil : \`docker compose up -d\` ne le démarre pas`,
    where: ({ place }, hidden) => place(hidden, 'profiles'),
    look: 'Retirez `profiles` de ce service.',
  })
  .fault('up.not-started', ({ absent, nothing }) => absent.length > 0 && nothing, {
    observed: 'aucun conteneur de ce projet sur le moteur',
    look: UP,
  })
  .fault('up.service-absent', ({ absent }) => absent.map((name) => `\`${name}\``).join(', '), {
    observed: (_, names) => `sans conteneur : ${names}`,
    look: UP,
  })
  .faultOf(({ cause }) => cause?.kind === 'fault' && cause)
  .waits(
    ({ cause }) => cause?.code ?? '',
    ({ cause }) => cause?.kind === 'wait' && cause,
    {
      observed: (_, { observed }) => observed,
      where: (_, { where }) => where,
    },
  )
  .blocked(
    '1.4/postgres-health',
    ({ cause }) => cause,
    (_, { observed }) => observed,
  )
  .remarks(({ troubles }) => troubles.map(asRemark));

/** A remark instead of a fault: an optional service may fail. */
function asRemark({ observed, where, kind, code, look }: ServiceTrouble): Remark {
  if (kind === 'note') return remark(code, `${observed}. ${look}`, where);
  return remark(kind === 'fault' ? code : 'up.optional', `${observed} (service facultatif). ${look}`, where);
}

/** The database, then the others, then the ETL that depends on them. */
function order(services: readonly Service[], first: string | undefined, last: string | undefined): string[] {
  const rank = (name: string) => (name === first ? 0 : name === last ? 2 : 1);
  return services.map(({ name }) => name).sort((a, b) => rank(a) - rank(b));
}
