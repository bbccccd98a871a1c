let token: string | undefined;
const waiting = new Set<() => void>();

/** Moves the token of a locked server from the address bar into memory, before anything else runs. It is kept in memory only. */
export function takeToken(): void {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found === null || found === '') return;
  token = found;
  history.replaceState(history.state, '', location.pathname + location.search);
  for (const listener of waiting) listener();
}

export function tokenFromAddress(): string | undefined {
  return token;
}

/** Calls `listener` when another address with a token is opened in this page. */
export function onToken(listener: () => void): void {
  waiting.add(listener);
}
