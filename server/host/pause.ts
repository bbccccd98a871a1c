/** Waits for `ms`. The signal ends the pause early and without a failure: who pauses in a loop looks at the signal next. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve();
  };
  const timer = setTimeout(end, ms);
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return promise;
}
