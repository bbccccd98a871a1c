/** The last line in which Docker or Compose reports a failure, or null. */
export function lastErrorLine(output: string): string | null {
  const line = output.split('\n').findLast((one) => /error|unhealthy|failed|exited/i.test(one));
  return line?.trim() ?? null;
}
