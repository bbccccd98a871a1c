/** A log without what programs quote of an address that was cut inside its password: a part of a secret, which no mask knows. */
export function withoutBrokenUrl(log: string): string {
  return log
    .replace(/(host name "|resolve host ')[^"'\n]*@/g, '$1…@')
    .replace(
      /(int\(\) with base 10: |cast to integer value as |invalid integer value |invalid port number: |between 0 and 65535: )(["'])[^"'\n]*\2/g,
      '$1$2…$2',
    );
}
