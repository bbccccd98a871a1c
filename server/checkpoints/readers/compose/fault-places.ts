import type { YamlSource } from './yaml-source.ts';

export interface Place {
  readonly file?: string;
  readonly line: number | null;
}

/** The place of a path such as `services.etl.environment.[0]`, or of the nearest one above it. */
export function pathPlace(sources: readonly YamlSource[], dotted: string): Place {
  const path = dotted.split('.').map((step) => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
  for (let length = path.length; length > 0; length -= 1) {
    for (const source of [...sources].reverse()) {
      const line = source.line(path.slice(0, length));
      if (line !== null) return { file: source.file, line };
    }
  }
  return { line: null };
}

/** The place of the item of a list that begins with a name, or of the list. */
export function itemPlace(sources: readonly YamlSource[], path: readonly string[], name: string): Place {
  const begins = new RegExp(`^${escaped(name)}(:|$)|(^| )source=${escaped(name)}( |$)`);
  for (const source of [...sources].reverse()) {
    const line = source.lineOfItem(path, (item) => begins.test(item));
    if (line !== null) return { file: source.file, line };
  }
  return pathPlace(sources, path.join('.'));
}

export function textPlace(sources: readonly YamlSource[], pattern: RegExp): Place {
  for (const source of sources) {
    const index = source.source.split(/\r?\n/).findIndex((line) => !/^\s*#/.test(line) && pattern.test(line));
    if (index >= 0) return { file: source.file, line: index + 1 };
  }
  return { line: null };
}

export function serviceNames(sources: readonly YamlSource[]): string {
  return [...new Set(sources.flatMap((source) => source.keys(['services'])))].map((name) => `\`${name}\``).join(', ');
}

export function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
