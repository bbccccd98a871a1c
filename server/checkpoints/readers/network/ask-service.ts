import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import type { Outcome } from '../../network/definitions.ts';
import { NotRead } from '../../reading.ts';
import { serviceState } from '../container/service-state.ts';
import { currentOf, stackOf } from '../container/stack.ts';
import { type Target, type Way, waysTo } from './ways.ts';

/** A program that does not listen yet counts as starting for this time after its container's start. */
const GRACE_MS = 30_000;

/** Asks a service in its running container. Throws `NotRead` if it is absent, starting, or gives no answer. */
export async function askService<T>(
  view: LabView,
  target: Target,
  ask: (way: Way, container: ContainerFacts) => Promise<Outcome<T>>,
): Promise<{ readonly answer: T; readonly way: Way }> {
  const { service } = target;
  const container = currentOf((await stackOf(view)).of(service));
  if (container === undefined) throw new NotRead('absent', 'stack');
  const now = await view.now();
  requireRunning(service, container, now);
  let said = await noWay(view, target);
  for (const way of waysTo(container, target)) {
    const outcome = await ask(way, container);
    if ('answer' in outcome) return { answer: outcome.answer, way };
    const { kind } = outcome.failure;
    const young = now - container.startedMs < GRACE_MS;
    if (kind === 'starting' || (kind === 'closed' && young)) throw new NotRead('waiting', service, outcome.failure.said);
    said = outcome.failure.said;
    if (kind !== 'unreachable') break;
  }
  throw new NotRead('refused', service, said);
}

function requireRunning(service: string, container: ContainerFacts, now: number): void {
  const refused = (said: string) => new NotRead('refused', service, said);
  switch (serviceState(container, now).state) {
    case 'good':
    case 'unhealthy':
      return;
    case 'starting':
      throw new NotRead('waiting', service);
    case 'restarting':
      throw refused('son conteneur redémarre sans cesse');
    case 'done':
    case 'failed':
      throw refused(`son conteneur s’est terminé avec le code ${container.exitCode}`);
    case 'stopped':
      throw refused('son conteneur est arrêté');
    case 'not-started':
    case 'port-taken':
    case 'cannot-start':
      throw refused('son conteneur n’a pas démarré');
  }
}

/** The reason to show if there is no way to the target. */
async function noWay(view: LabView, { service, port, from }: Target): Promise<string> {
  if (from !== 'published') return 'son conteneur n’est sur aucun réseau';
  const holder = (await view.engine.containers()).find(({ ports }) => ports.some(({ host }) => host === port));
  const who = holder && `, et le port ${port} du labo est celui du conteneur \`${holder.name}\``;
  return `\`${service}\` ne publie pas son port ${port}${who ?? ''}`;
}
