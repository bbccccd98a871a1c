/** Splits off the options common to all verbs, `--json` and `--state DIR`, anywhere before `--`. The rest is the verb and its words. */
export interface CommonArgs {
  readonly words: string[];
  readonly json: boolean;
  readonly state: string | undefined;
}

export function splitCommon(argv: readonly string[]): CommonArgs {
  const end = argv.indexOf('--');
  const before = end < 0 ? argv : argv.slice(0, end);
  const words: string[] = [];
  let json = false;
  let state: string | undefined;
  for (let index = 0; index < before.length; index++) {
    const word = before[index] ?? '';
    if (word === '--json') json = true;
    else if (word.startsWith('--state=')) state = word.slice('--state='.length);
    else if (word === '--state' && before[index + 1] !== undefined) state = before[++index];
    else words.push(word);
  }
  return { words: end < 0 ? words : [...words, ...argv.slice(end)], json, state };
}
