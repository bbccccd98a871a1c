let token: string | undefined;
const waiting = new Set<() => void>();

/** Keeps the token of a locked server, which comes in the address, in memory only: out of the address bar before anything else. */
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

/** Calls when another address with a token was opened in this page. */
export function onToken(listener: () => void): void {
  waiting.add(listener);
}
