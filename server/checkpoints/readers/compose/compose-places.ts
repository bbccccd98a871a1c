import type { Where } from '../../../../contract/verdict.ts';
import type { YamlSource } from './yaml-source.ts';

/** Where the files write what the resolved model contains. An override comes before its base, a service before what it extends. */
export class ComposePlaces {
  readonly #sources: readonly YamlSource[];

  /** The last one wins. */
  constructor(sources: readonly YamlSource[]) {
    this.#sources = [...sources].reverse();
  }

  /** The place of a path of keys. Null if no file writes it. */
  find(path: readonly string[]): Where | null {
    for (const source of this.#sources) {
      const line = source.line(path);
      if (line !== null) return { file: source.file, line };
    }
    const extended = this.#extended(path);
    return extended ? this.find(extended) : null;
  }

  /** The place of a path, or of the nearest block that contains it. */
  nearest(path: readonly string[]): Where {
    for (let length = path.length; length > 0; length -= 1) {
      const found = this.find(path.slice(0, length));
      if (found) return found;
    }
    const file = this.#sources.at(-1)?.file;
    return file ? { file } : {};
  }

  /** The entry of a mapping (`KEY: value`) or of a list (`KEY=value`, `source:target`) that satisfies a test. */
  entry(path: readonly string[], key: string, ofList: (item: string) => boolean): Where {
    for (const source of this.#sources) {
      const line = source.line([...path, key]) ?? source.lineOfItem(path, ofList);
      if (line !== null) return { file: source.file, line };
    }
    const extended = this.#extended(path);
    return extended ? this.entry(extended, key, ofList) : this.nearest(path);
  }

  /** The keys of a mapping, as written in any of the files. */
  keys(path: readonly string[]): string[] {
    return [...new Set(this.#sources.flatMap((source) => source.keys(path)))];
  }

  /** The files that give a service its variables, as written. */
  envFiles(service: string): string[] {
    return this.#sources.flatMap((source) => {
      const path = ['services', service, 'env_file'];
      const long = source.items(path).flatMap((index) => source.strings([...path, index, 'path']));
      return [...source.strings(path), ...long].map((file) => file.replace(/^\.\//, ''));
    });
  }

  /** The same path in the service that this one extends. */
  #extended(path: readonly string[]): string[] | null {
    const [root = '', service = '', ...rest] = path;
    if (root !== 'services') return null;
    for (const source of this.#sources) {
      const at = ['services', service, 'extends'];
      const [base] = [...source.strings([...at, 'service']), ...source.strings(at)];
      if (base && base !== service) return ['services', base, ...rest];
    }
    return null;
  }
}
