import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { composeServices } from '../compose/compose-services.ts';
import { placeOf } from '../compose/read-compose.ts';
import { serviceState } from '../container/service-state.ts';
import { stackOf } from '../container/stack.ts';
import { databaseAnswers } from '../postgres/ask-postgres.ts';
import { tail } from '../say.ts';
import { apiFailed } from './api-trouble.ts';
import { etlFailed } from './etl-trouble.ts';
import { knownFailure, knownRefusal } from './known-failures.ts';
import { isOutdated } from './outdated.ts';
import { ended, LOG_BYTES, type ServiceTrouble } from './trouble.ts';

/** The exit code of a container that ran when the engine itself was killed. A program may use it too. */
const CUT_SHORT = 255;
/** Time for a run before its health check counts, and before one that only takes too long does. */
const WORK_MS = 60_000;
const BUSY_MS = 300_000;
const CUT = ' C’est aussi le code d’un conteneur coupé par un arrêt du labo ou de son moteur : `docker compose up -d` le relance.';

/** What is wrong with a service. Null if nothing is, or if it has no container. */
export async function judgeService(view: LabView, name: string): Promise<ServiceTrouble | null> {
  const {
    project,
    all,
    of: { etl, api, postgres: database },
  } = await composeServices(view);
  const container = (await stackOf(view)).of(name)[0];
  if (!container) return null;
  const where = { ...placeOf(project, name), container: container.name };
  const trouble = (kind: ServiceTrouble['kind'], code: string, observed: string, look: string, at: Where = where): ServiceTrouble => {
    return { kind, code, observed, where: at, look, evidence: [] };
  };
  const logs = `\`docker compose logs ${name}\` dit pourquoi.`;
  const status = serviceState(container, await view.now());
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
        `Relancez-le par \`docker compose up -d\` ; ${logs}`,
      );
    }
    case 'starting':
      if (container.state === 'created' && (await waitsForNothing(view, name))) return notStarted(view, name, where);
      return trouble('wait', 'starting', `le service \`${name}\` démarre`, 'Il sera regardé de nouveau dans un instant.');
    case 'not-started':
      return notStarted(view, name, where);
    case 'port-taken': {
      const port = status.port ? `le port ${status.port}` : 'un port que demande ce service';
      const holder = await holderOf(view, status.port, container);
      const look = 'Arrêtez ce qui le tient (`docker ps` montre les ports), ou publiez un autre port : `"5433:5432"`.';
      return trouble('fault', 'up.port-taken', `\`${name}\` ne démarre pas : ${port} est déjà pris${holder}`, look, {
        ...placeOf(project, name, 'ports'),
        container: container.name,
      });
    }
    case 'cannot-start': {
      const service = all.find((one) => one.name === name);
      const known = service && knownRefusal({ project, service, log: container.error }, container.env);
      const why = known ? `${known.what} (${container.error.slice(0, 200)})` : container.error.slice(0, 300);
      const at = known ? { ...known.where, container: container.name } : where;
      const look = known?.look ?? 'Lisez le message du moteur, et corrigez ce qu’il nomme.';
      return trouble('fault', 'up.cannot-start', `\`${name}\` ne peut pas démarrer : ${why}`, look, at);
    }
    case 'stopped':
      return trouble(
        'fault',
        'up.stopped',
        `le service \`${name}\` est arrêté (code ${container.exitCode})`,
        'Relancez la pile : `docker compose up -d`',
      );
    case 'unhealthy':
      if (name === etl?.name && isAtWork(container, await view.now()))
        return trouble('wait', 'loading', 'l’ETL est encore au travail', 'Il sera regardé de nouveau dans un instant.');
      return unhealthy(view, name, container, where);
    case 'restarting':
    case 'failed':
      if (name === etl?.name) return etlFailed(view, container, status.state);
      return name === api?.name ? apiFailed(view, container, status.state) : failed(view, name, container, where, status.state);
  }
}

/** French: the container that has a port of the lab, if one has. */
async function holderOf(view: LabView, port: number | null, { id }: ContainerFacts): Promise<string> {
  const holder = (await view.engine.containers()).find((one) => one.id !== id && one.ports.some(({ host }) => host === port));
  return holder ? `, par le conteneur \`${holder.name}\`` : '';
}

/** The ETL's own health check may fail until its work is done; on a busy machine, both take longer. */
function isAtWork({ startedMs, health }: ContainerFacts, now: number): boolean {
  const isBusy = /exceeded timeout/.test(health?.lastOutput ?? '');
  return now - startedMs < (isBusy ? BUSY_MS : WORK_MS);
}

/** The service waits for a healthy database that has no health check: Compose has already given up. */
async function waitsForNothing(view: LabView, name: string): Promise<boolean> {
  const {
    project,
    of: { postgres: database },
  } = await composeServices(view);
  const condition = database && project.model.services[name]?.depends_on[database.name]?.condition;
  return condition === 'service_healthy' && (database?.service.healthcheck?.test.length ?? 0) === 0;
}

/** Created but never started: its dependency is the cause. */
async function notStarted(view: LabView, name: string, where: Where): Promise<ServiceTrouble> {
  if (await waitsForNothing(view, name)) {
    const observed = `\`${name}\` attend que la base soit saine, mais elle n’a pas de bilan de santé`;
    return {
      kind: 'health-check',
      code: 'database-health',
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
  const {
    project,
    of: { postgres: database },
  } = await composeServices(view);
  const said = tail(container.health?.lastOutput ?? '', 1);
  const observed = `le service \`${name}\` tourne, mais son bilan de santé échoue${said ? ` : ${said}` : ''}`;
  const look = `Lancez la commande du bilan vous-même, par \`docker compose exec ${name}\` ; \`docker compose logs ${name}\` dit le reste.`;
  const at = { ...where, ...placeOf(project, name, 'healthcheck', 'test') };
  if (name === database?.name && (await databaseAnswers(view, container)))
    return { kind: 'health-check', code: 'database-health', observed, where: at, look, evidence: [] };
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
  const { project, all } = await composeServices(view);
  const service = all.find((one) => one.name === name);
  const known = service && knownFailure({ project, service, log });
  const said = [known?.what, why].filter(Boolean).join(' ; ');
  const observed = `${ended(name, container, state)}${said ? ` : ${said}` : ''}`;
  const look = known?.look ?? `\`docker compose logs ${name}\` montre tout ce qu’il a dit.${container.exitCode === CUT_SHORT ? CUT : ''}`;
  const code = known?.code ?? (state === 'restarting' ? 'up.restarting' : 'up.exited');
  const at = { ...where, ...known?.where };
  return { kind: 'fault', code, observed, where: at, look, evidence: [{ source: `docker compose logs ${name}`, text: tail(log, 12) }] };
}
