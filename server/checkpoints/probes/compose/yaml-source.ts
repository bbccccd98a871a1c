import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

/** Deeper than any Compose file; what goes on is a circle of anchors. */
const DEPTH = 50;

export interface YamlProblem {
  readonly kind: 'indentation' | 'tab' | 'duplicate' | 'anchor-loop' | 'anchor-unknown' | 'syntax';
  readonly line: number;
  /** The parser's own words, or the anchor's name. */
  readonly message: string;
}

/** A YAML file with the places of what it says. */
export class YamlSource {
  readonly file: string;
  readonly source: string;
  readonly #lines = new LineCounter();
  readonly #document: Document.Parsed;

  constructor(file: string, source: string) {
    this.file = file;
    this.source = source;
    this.#document = parseDocument(source, { lineCounter: this.#lines, merge: true, logLevel: 'silent' });
  }

  get isEmpty(): boolean {
    const { contents } = this.#document;
    return contents === null || (isScalar(contents) && contents.value === null);
  }

  /** The first thing that YAML itself forbids. */
  problem(): YamlProblem | null {
    const error = this.#document.errors[0];
    if (!error) return this.#badAnchor();
    const line = this.#lines.linePos(error.pos[0]).line;
    const lines = this.source.split(/\r?\n/);
    const message = error.message.split(/ at line \d/)[0] ?? '';
    const misplaced = [line, line + 1].find((at) => isMisplaced(lines, at));
    if (error.code === 'TAB_AS_INDENT' || /^ *\t/.test(lines[line - 1] ?? '')) return { kind: 'tab', line, message };
    if (error.code === 'DUPLICATE_KEY') return { kind: 'duplicate', line, message };
    if (misplaced) return { kind: 'indentation', line: misplaced, message };
    return { kind: error.code === 'BAD_INDENT' ? 'indentation' : 'syntax', line, message };
  }

  /** The node under a path of keys and positions, through aliases and merged mappings. */
  node(path: readonly (string | number)[]): Node | null {
    let at: Node | null = this.#document.contents;
    for (const step of path) at = at === null ? null : (this.#child(at, step)?.value ?? null);
    return at === null ? null : this.#resolve(at);
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
    const node = this.#resolve(parent);
    if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step];
      return isNode(item) ? { place: item, value: item } : null;
    }
    const pair = isMap(node) ? this.#pair(node, String(step), 0) : null;
    return pair && isNode(pair.key) ? { place: pair.key, value: isNode(pair.value) ? pair.value : null } : null;
  }

  #pair(map: Node, key: string, depth: number): Pair | null {
    if (!isMap(map) || depth > DEPTH) return null;
    const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
    if (own) return own;
    const merged = map.items.find((pair) => isScalar(pair.key) && pair.key.source === '<<')?.value;
    for (const part of isSeq(merged) ? merged.items : [merged]) {
      const found = isNode(part) ? this.#pair(this.#resolve(part) ?? part, key, depth + 1) : null;
      if (found) return found;
    }
    return null;
  }

  #resolve(node: Node): Node | null {
    let at: Node | undefined = node;
    for (let depth = 0; isAlias(at) && depth < DEPTH; depth += 1) at = at.resolve(this.#document);
    return at ?? null;
  }

  /** An alias to nothing, or an anchor inside of itself: the second sends Compose around for ever. */
  #badAnchor(): YamlProblem | null {
    const open = new Set<Node>();
    const done = new Set<Node>();
    const visit = (node: unknown): YamlProblem | null => {
      if (isAlias(node)) {
        const target = node.resolve(this.#document);
        if (target && !open.has(target)) return visit(target);
        const line = this.#lines.linePos(node.range?.[0] ?? 0).line;
        return { kind: target ? 'anchor-loop' : 'anchor-unknown', line, message: node.source };
      }
      if ((!isMap(node) && !isSeq(node)) || done.has(node)) return null;
      open.add(node);
      for (const item of node.items) {
        const found = visit(isPair(item) ? item.value : item);
        if (found) return found;
      }
      open.delete(node);
      done.add(node);
      return null;
    };
    return visit(this.#document.contents);
  }
}

/** Whether a line begins at a column where nothing above it began, or goes deeper below a key that already has its value. */
function isMisplaced(lines: readonly string[], at: number): boolean {
  const open: number[] = [];
  let before = '';
  for (const [index, line] of lines.slice(0, at).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const column = line.search(/\S/);
    const deepest = open.at(-1) ?? -1;
    while ((open.at(-1) ?? -1) > column) open.pop();
    const isLast = index === at - 1;
    if (isLast && column < deepest && open.at(-1) !== column) return true;
    if (isLast && column > deepest && /^\s*(- )?[\w.-]+:\s+[^\s#|>&*]/.test(before)) return true;
    if (open.at(-1) !== column) open.push(column);
    before = line;
  }
  return false;
}
