import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import type { ComposeService } from '../../readers/compose/model.ts';
import { placeOf, readableCompose } from '../../readers/compose/read-compose.ts';
import { stackOf } from '../../readers/container/stack.ts';
import { evidence } from '../../readers/findings.ts';
import { healthConstant } from '../../readers/image/image-health.ts';
import { databaseAnswers } from '../../readers/postgres/ask-postgres.ts';
import { strangerInHealth } from '../../readers/postgres/health-role.ts';
import { tail } from '../../readers/say.ts';

const ASKS = /pg_isready|psql|5432|\/dev\/tcp|\bnc\b|python|perl|pg_ctl|vacuumdb|createdb/;
const ASK = 'L’image sait le demander : `test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]`.';

export const postgresHealth = criterion('1.4/postgres-health', {
  needs: ['1.4/compose'],
  expected: 'un `healthcheck` du service PostgreSQL qui demande à la base si elle répond',
  async read(view) {
    const project = await readableCompose(view);
    const { name, service } = await theService(view, 'postgres');
    const [kind = '', ...words] = service.healthcheck?.test ?? [];
    const container = (await stackOf(view)).of(name)[0];
    const unhealthy = container?.health?.status === 'unhealthy' && (await databaseAnswers(view, container)) ? container : null;
    return {
      name,
      kind,
      command: words.join(' '),
      off: service.healthcheck?.disable || kind === 'NONE',
      constant: kind && healthConstant({ test: [kind, ...words] }),
      container,
      unhealthy,
      overSocket: overSocket(service),
      stranger: strangerInHealth(service),
      where: placeOf(project, name, 'healthcheck', ...(kind ? ['test'] : [])),
    };
  },
  where: ({ where }) => where,
  evidence: ({ container }) =>
    container?.health ? [evidence(`docker inspect ${container.name}`, `Health.Status ${container.health.status}`)] : [],
})
  .fault('postgres-health.none', ({ off }) => off, { observed: 'le bilan de santé est éteint', look: ASK })
  .fault('postgres-health.absent', ({ kind }) => !kind, {
    observed: ({ name }) => `le service \`${name}\` n’a pas de \`healthcheck\``,
    look: ASK,
  })
  .fault('postgres-health.cannot-fail', ({ constant }) => constant, {
    observed: (_, constant) => `\`${constant}\` répond toujours oui : ce bilan de santé ne peut pas échouer`,
    look: ASK,
  })
  .fault('postgres-health.other', ({ command }) => !ASKS.test(command), {
    observed: ({ command }) => `\`${command}\` ne demande rien à la base`,
    look: ASK,
  })
  .fault('postgres-health.never-healthy', ({ unhealthy }) => unhealthy, {
    observed: ({ command }, { health }) =>
      `la base répond, mais son bilan de santé échoue toujours : ${tail(health?.lastOutput ?? '', 1) || command}`,
    where: ({ where }, { name }) => ({ ...where, container: name }),
    look: ({ name, stranger }) =>
      `${
        stranger
          ? `Il demande le compte \`${stranger.asked}\`, et la base a été créée avec \`${stranger.made}\` : écrivez \`-U $$POSTGRES_USER\`. `
          : ''
      }Lancez sa commande vous-même, par \`docker compose exec ${name}\`, et lisez ce qu’elle dit.`,
  })
  .remark(
    'postgres-health.role',
    ({ stranger }) => stranger,
    (_, { asked, made }) =>
      `Ce bilan demande le compte \`${asked}\` : \`pg_isready\` dit oui, mais PostgreSQL note à chaque fois « role "${asked}" does not exist » dans son journal. Avec \`-U ${made}\`, il se tait.`,
  )
  .remark(
    'postgres-health.socket',
    (facts) => facts.overSocket,
    'Sans `-h 127.0.0.1`, la réponse vient de la socket : elle dit oui pendant que la base naît encore, puis redémarre.',
  );

function overSocket({ healthcheck, environment }: ComposeService): boolean {
  const command = (healthcheck?.test ?? []).join(' ');
  return /pg_isready|psql/.test(command) && !/(^|\s)(-h|--host)|host=|postgres(ql)?:\/\//.test(command) && !environment.PGHOST;
}
