import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { apiCause } from '../api/api-cause.ts';
import { theApi } from '../api/the-api.ts';
import { tail } from '../say.ts';
import { ended, LOG_BYTES, type ServiceTrouble } from './trouble.ts';

/** Why the API stopped, judged by its container's log. */
export async function apiFailed(view: LabView, container: ContainerFacts, state: 'failed' | 'restarting'): Promise<ServiceTrouble> {
  const { name, place } = await theApi(view);
  const since = state === 'failed' ? { sinceMs: container.startedMs } : {};
  const log = await view.engine.logs(container.id, { maxBytes: LOG_BYTES, ...since });
  const { code, what, where, look } = await apiCause(view, container, log);
  return {
    kind: 'fault',
    code,
    observed: `${ended(name, container, state)} : ${what}`,
    where: { ...(where.file === undefined ? place() : {}), ...where, container: container.name },
    look,
    evidence: [{ source: `docker compose logs ${name}`, text: tail(log, 15) }],
  };
}
