import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { compressedFiles } from './src/lib/compressed-files.ts';
import { frenchPlugin } from './src/lib/french-plugin.ts';
import { searchIndex } from './src/lib/search-index.ts';

/** Address of the server in development, when Astro serves the pages. */
const server = process.env.ESCALE_SERVER ?? 'http://127.0.0.1:4322';

export default defineConfig({
  outDir: './dist',
  // In development, `always` would make Astro reply 404 to `/api/session` before the proxy below gets the request.
  trailingSlash: process.env.ESCALE_SERVER === undefined ? 'always' : 'ignore',
  // The order matters: the search index must be compressed too.
  integrations: [mdx(), searchIndex(), compressedFiles()],
  markdown: {
    // Our own components highlight the code: Astro's Shiki writes style attributes, which the server's content security policy forbids.
    syntaxHighlight: false,
    // The plugin handles French punctuation; "smart" quotes are English ones.
    processor: satteri({ mdastPlugins: [frenchPlugin], features: { smartPunctuation: false } }),
  },
  build: { format: 'directory', inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  vite: {
    build: { assetsInlineLimit: 0 },
    resolve: { alias: { '@solution': fileURLToPath(new URL('./lab-stack/solution', import.meta.url)) } },
    server: {
      proxy: {
        '/api': { target: server },
        '/ws': { target: server, ws: true },
        '/healthz': { target: server },
      },
    },
  },
});
