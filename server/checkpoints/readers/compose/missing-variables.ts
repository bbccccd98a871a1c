import type { YamlSource } from './yaml-source.ts';

export interface MissingVariable {
  readonly name: string;
  /** The file's message for it: `${NAME:?why}`. */
  readonly why: string;
  readonly file: string;
  readonly line: number;
  /** The name that `.env` gives, nearly this one. */
  readonly lookalike: string | null;
}

/**
 * The variables that the files require and that have no value in `.env`, in the order of the files.
 * Compose names only one of them (`named`), and not always the same. If `.env` names the variable, or nearly, the place is there.
 */
export function missingVariables(sources: readonly YamlSource[], settings: string, named: string): MissingVariable[] {
  const given = settings.split(/\r?\n/).flatMap((text, index) => {
    const [, name, value = ''] = /^\s*(?:export\s+)?([^\s=#]+)\s*(?:=\s*(.*))?$/.exec(text) ?? [];
    return name ? [{ name, value, line: index + 1 }] : [];
  });
  const givenTo = (name: string) => given.find((one) => one.name === name)?.value;
  const isMissing = (name: string, filled: boolean) => {
    const value = givenTo(name);
    return name === named || value === undefined || (filled && isEmpty(value));
  };
  const found = new Map<string, MissingVariable>();
  for (const { file, source } of sources) {
    for (const [index, text] of source.split(/\r?\n/).entries()) {
      if (/^\s*#/.test(text)) continue;
      for (const [, name = '', colon, why = ''] of text.matchAll(/(?<!\$)\$\{(\w+)(:?)\?([^}]*)\}/g)) {
        if (found.has(name) || !isMissing(name, colon === ':')) continue;
        const own = given.find((one) => one.name === name) ?? given.find((one) => isAlike(one.name, name));
        const place = own ? { file: '.env', line: own.line } : { file, line: index + 1 };
        found.set(name, { name, why, ...place, lookalike: own && own.name !== name ? own.name : null });
      }
    }
  }
  return [...found.values()];
}

/** The same letters, or the beginning of the same name. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.replace(/[^a-z0-9]/gi, '').toLowerCase());
  if (!a || !b) return false;
  return a === b || (Math.min(a.length, b.length) > 8 && (a.startsWith(b) || b.startsWith(a)));
}

function isEmpty(value: string): boolean {
  return /^(|""|''|#.*)$/.test(value.trim());
}
