import type { Evidence, Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts, LabView } from '../../definitions.ts';
import { isOutdated } from '../compose/outdated.ts';
import { placeOf } from '../compose/read-compose.ts';
import { composeRoles } from '../compose/roles.ts';
import { changedSinceBuild } from '../image/older-image.ts';
import { causeOf } from '../logs/etl-cause.ts';
import { failureIn } from '../logs/failure-lines.ts';
import { databaseAnswers } from '../postgres/ask-postgres.ts';
import { tail } from '../say.ts';
import { serviceState } from './service-state.ts';
import { stackOf } from './stack.ts';

export const LOG_BYTES = 64 * 1024;

/** Why a service of the stack is not as `up` should leave it. */
export interface ServiceTrouble {
  /** `blocked`: another criterion names the cause; its id is the code. `note`: nothing that fails. */
  readonly kind: 'fault' | 'wait' | 'blocked' | 'note';
  readonly code: string;
  readonly observed: string;
  readonly where: Where;
  readonly look: string;
  readonly evidence: readonly Evidence[];
}

/** Null where nothing is wrong with the service, or where it has no container. */
export async function judgeService(view: LabView, name: string): Promise<ServiceTrouble | null> {
  const { project, etl, database } = await composeRoles(view);
  const container = (await stackOf(view)).of(name)[0];
  if (!container) return null;
  const where = { ...placeOf(project, name), container: container.name };
  const trouble = (kind: ServiceTrouble['kind'], code: string, observed: string, look: string, at: Where = where): ServiceTrouble => {
    return { kind, code, observed, where: at, look, evidence: [] };
  };
  const logs = `\`docker compose logs ${name}\` dit pourquoi.`;
  const status = serviceState(container, Date.now());
  switch (status.state) {
    case 'good':
    case 'done': {
      if (await isOutdated(view, name, container)) {
        const look = 'Relancez `docker compose up -d` : Compose recrée les services dont les réglages ont changé.';
        return trouble(
          'fault',
          'up.outdated',
          `le conteneur de \`${name}\` a été créé avec d’autres réglages que ceux du fichier d’aujourd’hui`,
          look,
        );
      }
      if (status.state === 'good' || name !== database?.name) return null;
      return trouble(
        'fault',
        'up.stopped',
        `le service \`${name}\` s’est arrêté (code 0)`,
        `Relancez-le : \`docker compose up -d\`. ${logs}`,
      );
    }
    case 'starting':
      if (container.state === 'created' && (await waitsForNothing(view, name))) return notStarted(view, name, where);
      return trouble('wait', 'starting', `le service \`${name}\` démarre`, 'Il sera regardé de nouveau dans un instant.');
    case 'not-started':
      return notStarted(view, name, where);
    case 'port-taken': {
      const port = status.port ? `le port ${status.port}` : 'un port que demande ce service';
      const look = 'Arrêtez ce qui le tient (`docker ps` montre les ports), ou publiez un autre port : `"5433:5432"`.';
      return trouble('fault', 'up.port-taken', `\`${name}\` ne démarre pas : ${port} est déjà pris`, look, {
        ...placeOf(project, name, 'ports'),
        container: container.name,
      });
    }
    case 'cannot-start':
      return trouble(
        'fault',
        'up.cannot-start',
        `\`${name}\` ne peut pas démarrer : ${container.error.slice(0, 300)}`,
        'Lisez le message du moteur, et corrigez ce qu’il nomme.',
      );
    case 'stopped':
      return trouble(
        'fault',
        'up.stopped',
        `le service \`${name}\` est arrêté (code ${container.exitCode})`,
        'Relancez la pile : `docker compose up -d`.',
      );
    case 'unhealthy':
      return unhealthy(view, name, container, where);
    case 'restarting':
    case 'failed':
      return name === etl?.name ? etlFailed(view, container, status.state) : failed(view, name, container, where, status.state);
  }
}

/** On a database whose health nobody checks: Compose has given up already. */
async function waitsForNothing(view: LabView, name: string): Promise<boolean> {
  const { project, database } = await composeRoles(view);
  const condition = database && project.model.services[name]?.depends_on[database.name]?.condition;
  return condition === 'service_healthy' && (database?.service.healthcheck?.test.length ?? 0) === 0;
}

/** Made and never started: what it depends on is the cause. */
async function notStarted(view: LabView, name: string, where: Where): Promise<ServiceTrouble> {
  if (await waitsForNothing(view, name)) {
    const observed = `\`${name}\` attend que la base soit saine, mais elle n’a pas de bilan de santé`;
    return {
      kind: 'blocked',
      code: '1.4/postgres-health',
      observed,
      where,
      look: 'Réglez d’abord le `healthcheck` de la base.',
      evidence: [],
    };
  }
  const observed = `le conteneur de \`${name}\` est créé, et n’a jamais démarré`;
  const look = 'Relancez `docker compose up -d` : il dit ce qui l’en empêche.';
  return { kind: 'fault', code: 'up.never-started', observed, where, look, evidence: [] };
}

async function unhealthy(view: LabView, name: string, container: ContainerFacts, where: Where): Promise<ServiceTrouble> {
  const { project, database } = await composeRoles(view);
  const said = tail(container.health?.lastOutput ?? '', 1);
  const observed = `le service \`${name}\` tourne, mais son bilan de santé échoue${said ? ` : ${said}` : ''}`;
  const look = `Lancez la commande du bilan vous-même, par \`docker compose exec ${name}\` ; \`docker compose logs ${name}\` dit le reste.`;
  const at = { ...where, ...placeOf(project, name, 'healthcheck', 'test') };
  if (name === database?.name && (await databaseAnswers(view, container)))
    return { kind: 'blocked', code: '1.4/postgres-health', observed, where: at, look, evidence: [] };
  const code = name === database?.name ? 'up.database-unhealthy' : 'up.unhealthy';
  return { kind: 'fault', code, observed, where: at, look, evidence: [] };
}

async function failed(
  view: LabView,
  name: string,
  container: ContainerFacts,
  where: Where,
  state: 'failed' | 'restarting',
): Promise<ServiceTrouble> {
  const log = await view.engine.logs(container.id, { maxBytes: LOG_BYTES });
  const why = tail(
    log
      .split('\n')
      .filter((line) => /error|fatal|denied|must|incompatible|refus/i.test(line))
      .join('\n') || log,
    2,
  );
  const observed = `${ended(name, container, state)}${why ? ` : ${why}` : ''}`;
  const old = /database files are incompatible/.test(log);
  const look = old
    ? 'Le volume vient d’une autre version de PostgreSQL : reprenez cette version, ou refaites le volume.'
    : `\`docker compose logs ${name}\` montre tout ce qu’il a dit.`;
  const code = state === 'restarting' ? 'up.restarting' : 'up.exited';
  return { kind: 'fault', code, observed, where, look, evidence: [{ source: `docker compose logs ${name}`, text: tail(log, 12) }] };
}

async function etlFailed(view: LabView, container: ContainerFacts, state: 'failed' | 'restarting'): Promise<ServiceTrouble> {
  const { project, etl, database } = await composeRoles(view);
  if (!etl) throw new Error('this probe is for a stack with an ETL');
  const log = await view.engine.logs(container.id, {
    maxBytes: LOG_BYTES,
    ...(state === 'failed' ? { sinceMs: container.startedMs } : {}),
  });
  if (state === 'restarting' && container.exitCode === 0 && failureIn(log) === null) {
    const observed = `l’ETL finit son travail et redémarre aussitôt (${container.restarts} fois)`;
    const where = { ...placeOf(project, etl.name, 'restart'), container: container.name };
    return { kind: 'note', code: 'up.restarts', observed, where, look: 'Retirez `restart` de ce service.', evidence: [] };
  }
  const cause = causeOf({ log, project, etl, database });
  const evidence = [{ source: `docker compose logs ${etl.name}`, text: tail(log, 20) }];
  const observed = `${ended(etl.name, container, state)} : ${cause.what}`;
  const changed = cause.inCode ? await changedSinceBuild(view, container) : [];
  if (changed.length > 0) {
    const files = changed.map((file) => `\`${file}\``).join(', ');
    const look = 'Reconstruisez l’image avec le code d’aujourd’hui : `docker compose up -d --build`.';
    const older = `${observed}. L’image a été construite avant le dernier changement de ${files}`;
    return { kind: 'fault', code: 'up.image-older', observed: older, where: { file: changed[0] ?? '', service: etl.name }, look, evidence };
  }
  return { kind: 'fault', code: cause.code, observed, where: { ...cause.where, container: container.name }, look: cause.look, evidence };
}

function ended(name: string, { exitCode, restarts, oomKilled }: ContainerFacts, state: 'failed' | 'restarting'): string {
  if (oomKilled) return `le conteneur de \`${name}\` a été tué : la mémoire manquait (code ${exitCode})`;
  if (state === 'restarting') return `le conteneur de \`${name}\` redémarre sans fin (${restarts} fois, code ${exitCode})`;
  return `le conteneur de \`${name}\` s’est arrêté avec le code ${exitCode}`;
}
