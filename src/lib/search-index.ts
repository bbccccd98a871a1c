import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { close, createIndex, type PagefindIndex } from 'pagefind';

/** Elements that are not indexed: controls, drawings, and the criteria, which are part of the plan. */
const LEFT_OUT = ['button', 'nav', 'svg', '.criteria'];
/** Pagefind's own interfaces, not used: the palette is our interface. */
const UNUSED = /-ui\.|highlight/;

/** Writes the search index of the lessons' text into the built site, under `/pagefind/`. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'escale-search',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        try {
          const { index, errors } = await createIndex({ forceLanguage: 'fr', excludeSelectors: LEFT_OUT });
          if (index === undefined) throw fault(errors);
          await write(index, dir);
        } finally {
          await close();
        }
      },
    },
  };
}

/** Makes each step's title a heading « Étape 3 : … », since Pagefind groups what it finds under headings. */
export function withStepHeadings(html: string): string {
  return html.replace(/<strong id="etape-(?:\d+-)?(\d+)">(.*?)<\/strong>/gs, (title, step: string, text: string) =>
    title.replace('<strong', '<h4').replace(`${text}</strong>`, `Étape ${step}\u202f: ${text}</h4>`),
  );
}

async function write(index: PagefindIndex, site: URL): Promise<void> {
  const root = fileURLToPath(site);
  const wrong: string[] = [];
  for (const name of (await readdir(root, { recursive: true })).filter((path) => path.endsWith('.html')).sort()) {
    const content = withStepHeadings(await readFile(join(root, name), 'utf8'));
    wrong.push(...(await index.addHTMLFile({ sourcePath: name, content })).errors);
  }
  const { files, errors } = await index.getFiles();
  wrong.push(...errors);
  if (wrong.length > 0) throw fault(wrong);
  for (const { path, content } of files.filter((file) => !UNUSED.test(file.path))) {
    const target = fileURLToPath(new URL(`pagefind/${path}`, site));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

function fault(errors: readonly string[]): Error {
  return new Error(`the index of the search could not be made: ${errors.join(', ')}`);
}
