import { z } from 'zod';

/** The fields of a Pagefind result that are used. */
const pageSchema = z
  .object({
    url: z.string(),
    meta: z.object({ title: z.string() }),
    sub_results: z.array(z.object({ title: z.string(), url: z.string(), excerpt: z.string() })),
  })
  .transform(({ url, meta, sub_results }) => ({ url, title: meta.title, sections: sub_results }));

export type Page = z.infer<typeof pageSchema>;

export interface Index {
  /** Best matches first. */
  search(query: string, most: number): Promise<Page[]>;
}

interface Pagefind {
  options(settings: Readonly<Record<string, unknown>>): Promise<void>;
  search(query: string): Promise<{ results: readonly { data(): Promise<unknown> }[] }>;
}

const SCRIPT = '/pagefind/pagefind.js';
let opened: Promise<Index | 'absent' | 'unreachable'> | undefined;

/** Opens the search index written by the site's build; `absent` where there is none, as in development. */
export function openIndex(): Promise<Index | 'absent' | 'unreachable'> {
  opened ??= load();
  void opened.then((index) => {
    if (typeof index === 'string') opened = undefined;
  });
  return opened;
}

async function load(): Promise<Index | 'absent' | 'unreachable'> {
  try {
    if (!(await fetch(SCRIPT, { method: 'HEAD' })).ok) return 'absent';
    const module: unknown = await import(/* @vite-ignore */ SCRIPT);
    if (!isPagefind(module)) return 'absent';
    await module.options({ excerptLength: 18 });
    return {
      search: async (query, most) => {
        const { results } = await module.search(query);
        return Promise.all(results.slice(0, most).map(async (result) => pageSchema.parse(await result.data())));
      },
    };
  } catch {
    return 'unreachable';
  }
}

function isPagefind(module: unknown): module is Pagefind {
  return typeof module === 'object' && module !== null && 'search' in module && 'options' in module;
}
