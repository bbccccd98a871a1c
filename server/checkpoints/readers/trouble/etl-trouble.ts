import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { composeServices, type Service } from '../compose/compose-services.ts';
import { placeOf } from '../compose/read-compose.ts';
import { stackOf } from '../container/stack.ts';
import { changedSinceBuild } from '../image/older-image.ts';
import { withoutBrokenUrl } from '../logs/broken-url.ts';
import type { EtlRun } from '../logs/cause.ts';
import { causeOf } from '../logs/etl-cause.ts';
import { failureIn } from '../logs/failure-lines.ts';
import { placeOfFailure } from '../logs/read-failure.ts';
import { tail } from '../say.ts';
import { ended, LOG_BYTES, type ServiceTrouble } from './trouble.ts';

const REFUSED_ACCOUNT = /password authentication failed/;
const WRITTEN_ADDRESS = /(server at "|to host |host='?)(\d{1,3}\.){3}\d/;

/** Why the ETL failed, judged by its container's log. */
export async function etlFailed(view: LabView, container: ContainerFacts, state: 'failed' | 'restarting'): Promise<ServiceTrouble> {
  const { project, of } = await composeServices(view);
  const { etl, postgres: database, mongodb, redis } = of;
  if (!etl) throw new NotRead('absent', 'etl');
  const whole = await view.engine.logs(container.id, {
    maxBytes: LOG_BYTES,
    ...(state === 'failed' ? { sinceMs: container.startedMs } : {}),
  });
  const log = withoutBrokenUrl(whole);
  if (state === 'restarting' && container.exitCode === 0 && failureIn(log) === null) {
    const observed = `l’ETL finit son travail et redémarre aussitôt (${container.restarts} fois)`;
    const where = { ...placeOf(project, etl.name, 'restart'), container: container.name };
    return { kind: 'note', code: 'up.restarts', observed, where, look: 'Retirez `restart` de ce service.', evidence: [] };
  }
  const cause = causeOf({ log, project, etl, database, mongodb, redis, env: container.env, ...(await besideLog(view, log, database)) });
  const evidence = [{ source: `docker compose logs ${etl.name}`, text: tail(log, 20) }];
  const observed = `${ended(etl.name, container, state)} : ${cause.what}`;
  const changed = cause.inCode ? await changedSinceBuild(view, container) : [];
  if (changed.length > 0) {
    const files = changed.map((file) => `\`${file}\``).join(', ');
    const look = 'Reconstruisez l’image avec le code d’aujourd’hui : `docker compose up -d --build`';
    const older = `${observed}. L’image a été construite avant le dernier changement de ${files}`;
    return { kind: 'fault', code: 'up.image-older', observed: older, where: { file: changed[0] ?? '', service: etl.name }, look, evidence };
  }
  const place = cause.where.file === undefined ? { ...placeOf(project, etl.name), ...(await failingLine(view, log)) } : {};
  const where = { ...place, ...cause.where, container: container.name };
  return { kind: 'fault', code: cause.code, observed, where, look: cause.look, evidence };
}

/** What the stack tells beside the ETL's own log, asked only where that log leaves it open. */
async function besideLog(view: LabView, log: string, database: Service | null): Promise<Pick<EtlRun, 'databaseLog' | 'owners'>> {
  const stack = await stackOf(view);
  const base = database && stack.of(database.name)[0];
  if (base && REFUSED_ACCOUNT.test(log)) return { databaseLog: await view.engine.logs(base.id, { maxBytes: LOG_BYTES }) };
  if (!WRITTEN_ADDRESS.test(log)) return {};
  const { all } = await composeServices(view);
  const owned = all.flatMap(({ name }) => stack.of(name).flatMap(({ addresses }) => Object.values(addresses).map((one) => [one, name])));
  return { owners: Object.fromEntries(owned) };
}

/** Where the program stopped, according to its last traceback. */
async function failingLine(view: LabView, log: string): Promise<Where> {
  const files = (await view.entries()).map(({ path }) => path).filter((path) => path.endsWith('.py'));
  return placeOfFailure(log, files);
}
