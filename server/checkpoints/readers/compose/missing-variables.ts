import type { YamlSource } from './yaml-source.ts';

export interface MissingVariable {
  readonly name: string;
  /** What the file says of it: `${NAME:?why}`. */
  readonly why: string;
  readonly file: string;
  readonly line: number;
}

/**
 * The variables that the files require and to which `.env` gives no value, as they follow each other there.
 * Compose names but one, and not the same each time it is asked. `named` is that one.
 */
export function missingVariables(sources: readonly YamlSource[], settings: string, named: string): MissingVariable[] {
  const values = new Map(
    [...settings.matchAll(/^[ \t]*(?:export[ \t]+)?(\w+)[ \t]*=[ \t]*(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  const isMissing = (name: string, filled: boolean) => name === named || !values.has(name) || (filled && isEmpty(values.get(name)));
  const found = new Map<string, MissingVariable>();
  for (const { file, source } of sources) {
    for (const [index, text] of source.split(/\r?\n/).entries()) {
      if (/^\s*#/.test(text)) continue;
      for (const [, name = '', colon, why = ''] of text.matchAll(/(?<!\$)\$\{(\w+)(:?)\?([^}]*)\}/g)) {
        if (!found.has(name) && isMissing(name, colon === ':')) found.set(name, { name, why, file, line: index + 1 });
      }
    }
  }
  return [...found.values()];
}

function isEmpty(value = ''): boolean {
  return /^(|""|''|#.*)$/.test(value.trim());
}
