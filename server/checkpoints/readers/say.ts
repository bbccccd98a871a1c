/** « 14:02 », on the clock of the server. */
export function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' });
}

/** « 377 Mo ». */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} Mo`;
}

/** The last lines of an output, without blank ones. */
export function tail(output: string, lines = 5): string {
  return output.trim().split(/\r?\n/).filter(Boolean).slice(-lines).join('\n');
}
