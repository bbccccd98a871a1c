import { pause } from './pause.ts';

/** Waits for `event`, for `ms` or until `signal`, whichever comes first. Fails only if the event does. */
export async function atMost(ms: number, event: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  const enough = new AbortController();
  const bounds = AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]);
  await Promise.race([event, pause(ms, bounds)]).finally(() => enough.abort());
}
