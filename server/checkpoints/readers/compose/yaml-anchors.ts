import { type Alias, type Document, isAlias, isMap, isNode, isPair, isSeq, type Node, visit } from 'yaml';

/** An alias that names nothing, or the block that it stands in. */
export interface BadAlias {
  readonly kind: 'anchor-loop' | 'anchor-unknown';
  readonly alias: Alias;
}

/** What the aliases of a document stand for, found in one pass: the parser looks for each through the whole document. */
export class YamlAnchors {
  readonly #contents: Node | null;
  readonly #targets = new Map<Alias, Node>();

  constructor(document: Document.Parsed) {
    this.#contents = document.contents;
    const anchored = new Map<string, Node>();
    visit(document, {
      Node: (_key, node) => {
        const target = isAlias(node) ? anchored.get(node.source) : undefined;
        if (isAlias(node) && target) this.#targets.set(node, target);
        else if (!isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node);
      },
    });
  }

  /** The node itself, or the one that an alias stands for; null where there is none. */
  resolve(node: Node): Node | null {
    return isAlias(node) ? (this.#targets.get(node) ?? null) : node;
  }

  /** The first bad alias: one inside of its own anchor sends Compose around for ever. */
  bad(): BadAlias | null {
    const open = new Set<Node>();
    const done = new Set<Node>();
    const look = (value: unknown): BadAlias | null => {
      if (!isNode(value) || done.has(value)) return null;
      if (isAlias(value)) {
        const target = this.resolve(value);
        if (target && !open.has(target)) return look(target);
        return { kind: target ? 'anchor-loop' : 'anchor-unknown', alias: value };
      }
      if (!isMap(value) && !isSeq(value)) return null;
      open.add(value);
      for (const item of value.items) {
        const found = isPair(item) ? (look(item.key) ?? look(item.value)) : look(item);
        if (found) return found;
      }
      open.delete(value);
      done.add(value);
      return null;
    };
    return look(this.#contents);
  }
}
