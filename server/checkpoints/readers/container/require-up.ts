import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { serviceState } from './service-state.ts';
import { stackOf } from './stack.ts';

/** Throws `NotRead` if the service has no container, or one that does not run: the criterion of the running stack says why. */
export async function requireUp(view: LabView, service: string): Promise<void> {
  const container = (await stackOf(view)).of(service)[0];
  if (container === undefined) throw new NotRead('absent', 'stack');
  const { state } = serviceState(container, await view.now());
  if (!['good', 'unhealthy', 'starting', 'done'].includes(state)) throw new NotRead('absent', 'stack');
}
