import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { FileProblem } from '../../contract/files.ts';

const MESSAGE = 600;
const WARNING = /^time="[^"]*" level=warning msg=("(?:[^"\\]|\\.)*"|\S+)$/;

/** Parses the messages of `docker compose config` about a file, and finds the line for each. */
export function composeProblems({ text, output, failed }: { text: string; output: string; failed: boolean }): FileProblem[] {
  const place = new Places(text);
  const problems: FileProblem[] = [];
  const rest: string[] = [];
  for (const line of output.split('\n')) {
    const warning = WARNING.exec(line)?.[1];
    if (warning === undefined) rest.push(line);
    else problems.push(problem('warning', unquoted(warning), place));
  }
  const message = rest.join('\n').trim();
  if (failed && message !== '') problems.unshift(problem('error', message, place));
  return problems;
}

function problem(severity: FileProblem['severity'], said: string, place: Places): FileProblem {
  // Removes the file's folder in the lab, which means nothing in the editor.
  const message = said.replace(/(?:\/[\w.@ -]+)+\/([\w.-]+\.ya?ml)/g, '$1').replace(/: invalid compose project$/, '');
  return { line: place.of(message), severity, message: message.slice(0, MESSAGE) };
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** Finds the line of a Compose message: by its line number, by the path of keys it names, or by a quoted word. */
class Places {
  readonly #lines: readonly string[];
  readonly #counter = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(text: string) {
    this.#lines = text.split('\n');
    this.#document = parseDocument(text, { lineCounter: this.#counter, logLevel: 'silent' });
  }

  of(message: string): number {
    // Go's YAML reader reports where it noticed the error; this parser reports where the error is.
    const unreadable = this.#document.errors[0]?.linePos?.[0].line;
    if (unreadable !== undefined) return unreadable;
    const number = Number(/\bline (\d{1,6})\b/.exec(message)?.[1] ?? 0);
    if (number > 0) return Math.min(number, this.#lines.length);
    const keys = keysIn(message);
    const from = keys.length === 0 ? 1 : this.#lineOf(keys);
    return this.#lineWith(message, from) ?? from;
  }

  /** The line of the deepest of these keys that exists in the file. */
  #lineOf(keys: readonly string[]): number {
    let node: unknown = this.#document.contents;
    let offset = 0;
    for (const key of keys) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    }
    return this.#counter.linePos(offset).line;
  }

  /** The first line, starting there, that contains a word quoted in the message. */
  #lineWith(message: string, from: number): number | null {
    for (const word of quotedIn(message)) {
      const at = this.#lines.findIndex((line, index) => index >= from - 1 && holds(line, word));
      if (at >= 0) return at + 1;
    }
    return null;
  }
}

/** `services.web.ports`, `services[web].healthcheck.interval`, `service "web"`. */
function keysIn(message: string): string[] {
  const path = /\b(?:services|volumes|networks|secrets|configs)(?:\.[\w-]+|\[[\w-]+\])+/.exec(message)?.[0];
  const extra = /Additional property ([\w.-]+)/.exec(message)?.[1];
  if (path !== undefined) return [...path.split(/[.[\]]+/).filter(Boolean), ...(extra === undefined ? [] : [extra])];
  const service = /\bservice "([\w-]+)"/.exec(message)?.[1];
  if (service !== undefined) return ['services', service];
  return extra === undefined ? [] : [extra];
}

function quotedIn(message: string): string[] {
  const variable = /\bThe "(\w+)" variable|\bvariable (\w+) is missing/.exec(message);
  const named = /\bundefined (?:service|volume|network|secret|config) "?([\w.-]+)"?|: (\d{2,})$|\battribute [`'"](\w+)/.exec(message);
  const file = /\/([\w.-]+) not found/.exec(message);
  return [variable, named, file].flatMap((match) => (match?.slice(1) ?? []).filter((word) => word !== undefined));
}

function holds(line: string, word: string): boolean {
  return new RegExp(`(?<![\\w-])${word.replaceAll('.', '\\.')}(?![\\w-])`).test(line);
}
