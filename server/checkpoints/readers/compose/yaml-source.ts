import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { YamlAnchors } from './yaml-anchors.ts';
import { problemOf, type YamlProblem } from './yaml-problem.ts';

/** A YAML file with the places of what it says. */
export class YamlSource {
  readonly file: string;
  readonly source: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;
  readonly #anchors: YamlAnchors;

  constructor(file: string, source: string) {
    this.file = file;
    this.source = source;
    this.#document = parseDocument(source, { lineCounter: this.#lines, merge: true, logLevel: 'silent' });
    this.#anchors = new YamlAnchors(this.#document);
  }

  get isEmpty(): boolean {
    const { contents } = this.#document;
    return contents === null || (isScalar(contents) && contents.value === null);
  }

  get isMapping(): boolean {
    return isMap(this.#document.contents);
  }

  /** The first thing that YAML itself forbids. */
  problem(): YamlProblem | null {
    return problemOf({ source: this.source, document: this.#document, anchors: this.#anchors, counter: this.#lines });
  }

  /** The node under a path of keys and positions, through aliases and merged mappings. */
  node(path: readonly (string | number)[]): Node | null {
    let at: Node | null = this.#document.contents;
    for (const step of path) at = at === null ? null : (this.#child(at, step)?.value ?? null);
    return at === null ? null : this.#anchors.resolve(at);
  }

  /** The line of a key (or of an item of a list), null where the file does not have it. */
  line(path: readonly (string | number)[]): number | null {
    const parent = this.node(path.slice(0, -1));
    const last = path.at(-1);
    if (parent === null || last === undefined) return null;
    const place = this.#child(parent, last)?.place;
    const start = place?.range?.[0];
    return start === undefined ? null : this.#lines.linePos(start).line;
  }

  /** The line of the first item of a list whose text satisfies a test. */
  lineOfItem(path: readonly string[], test: (text: string) => boolean): number | null {
    const index = this.items(path).find((at) => test(this.#words([...path, at])));
    return index === undefined ? null : this.line([...path, index]);
  }

  /** The positions of a list. */
  items(path: readonly (string | number)[]): number[] {
    const list = this.node(path);
    return isSeq(list) ? [...list.items.keys()] : [];
  }

  /** A string or a list of strings. */
  strings(path: readonly (string | number)[]): string[] {
    const node = this.node(path);
    if (isScalar(node)) return [String(node.value)];
    if (!isSeq(node)) return [];
    return node.items.flatMap((_, index) => {
      const item = this.node([...path, index]);
      return isScalar(item) ? [String(item.value)] : [];
    });
  }

  keys(path: readonly (string | number)[]): string[] {
    const node = this.node(path);
    return isMap(node) ? node.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
  }

  /** A scalar, or what a mapping says, key by key. */
  #words(path: readonly (string | number)[]): string {
    const own = this.strings(path);
    if (own.length > 0) return own.join(' ');
    return this.keys(path)
      .flatMap((key) => this.strings([...path, key]).map((value) => `${key}=${value}`))
      .join(' ');
  }

  #child(parent: Node, step: string | number): { place: Node; value: Node | null } | null {
    const node = this.#anchors.resolve(parent);
    if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      return isNode(item) ? { place: item, value: item } : null;
    }
    const pair = isMap(node) ? this.#pair(node, String(step), new Set()) : null;
    return pair && isNode(pair.key) ? { place: pair.key, value: isNode(pair.value) ? pair.value : null } : null;
  }

  /** The entry of a mapping or of what is merged into it; `seen`: the mappings where it is not. */
  #pair(map: YAMLMap, key: string, seen: Set<Node>): Pair | null {
    if (seen.has(map)) return null;
    seen.add(map);
    const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
    if (own) return own;
    const merged = map.items.find((pair) => isScalar(pair.key) && pair.key.source === '<<')?.value;
    for (const part of isSeq(merged) ? merged.items : [merged]) {
      const other = isNode(part) ? this.#anchors.resolve(part) : null;
      const found = isMap(other) ? this.#pair(other, key, seen) : null;
      if (found) return found;
    }
    return null;
  }
}
