import type { Criterion } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import type { ComposeService } from '../../probes/compose/model.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { stackOf } from '../../probes/container/stack.ts';
import { evidence, met, notMet, remark } from '../../probes/findings.ts';
import { healthConstant } from '../../probes/image/image-health.ts';
import { databaseAnswers } from '../../probes/postgres/ask-postgres.ts';
import { tail } from '../../probes/say.ts';

const expected = 'un `healthcheck` du service PostgreSQL qui demande à la base si elle répond';
const ASKS = /pg_isready|psql|5432|\/dev\/tcp|\bnc\b|python|perl|pg_ctl|vacuumdb|createdb/;
const LOOK = 'L’image sait le demander : `test: ["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d $$POSTGRES_DB"]`.';
const SOCKET = 'Sans `-h 127.0.0.1`, la réponse vient de la socket : elle dit oui pendant que la base naît encore, puis redémarre.';

export const postgresHealth: Criterion = {
  id: '1.4/postgres-health',
  needs: ['1.4/compose'],
  async judge(view) {
    const roles = await composeRoles(view);
    const { project, database } = roles;
    if (!database) return missingRole(roles, 'database');
    const { name, service } = database;
    const test = service.healthcheck?.test ?? [];
    const where = placeOf(project, name, 'healthcheck', ...(test.length === 0 ? [] : ['test']));
    const faulty = faultOf(name, service);
    if (faulty) return notMet(faulty.code, { expected, observed: faulty.observed, where, look: LOOK });
    const container = (await stackOf(view)).of(name)[0];
    if (container?.health?.status === 'unhealthy' && (await databaseAnswers(view, container))) {
      const said = tail(container.health.lastOutput, 1) || test.slice(1).join(' ');
      const observed = `la base répond, mais son bilan de santé échoue toujours : ${said}`;
      const look = `Lancez sa commande vous-même, par \`docker compose exec ${name}\`, et lisez ce qu’elle dit.`;
      return notMet('postgres-health.never-healthy', { expected, observed, where: { ...where, container: container.name }, look });
    }
    return met({
      evidence: container?.health ? [evidence(`docker inspect ${container.name}`, `Health.Status ${container.health.status}`)] : [],
      remarks: overSocket(service) ? [remark('postgres-health.socket', SOCKET, where)] : [],
    });
  },
};

/** What the written check gets wrong, whatever runs. */
function faultOf(name: string, { healthcheck }: ComposeService): { code: string; observed: string } | null {
  const [kind = '', ...words] = healthcheck?.test ?? [];
  if (healthcheck?.disable || kind === 'NONE') return { code: 'postgres-health.none', observed: 'le bilan de santé est éteint' };
  if (kind === '') return { code: 'postgres-health.absent', observed: `le service \`${name}\` n’a pas de \`healthcheck\`` };
  const constant = healthConstant({ test: [kind, ...words] });
  if (constant !== null) {
    return { code: 'postgres-health.cannot-fail', observed: `\`${constant}\` répond toujours oui : ce bilan de santé ne peut pas échouer` };
  }
  const command = words.join(' ');
  return ASKS.test(command) ? null : { code: 'postgres-health.other', observed: `\`${command}\` ne demande rien à la base` };
}

function overSocket({ healthcheck, environment }: ComposeService): boolean {
  const command = (healthcheck?.test ?? []).join(' ');
  return /pg_isready|psql/.test(command) && !/(^|\s)(-h|--host)|host=|postgres(ql)?:\/\//.test(command) && !environment.PGHOST;
}
