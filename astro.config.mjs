import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import mdx from '@astrojs/mdx';
import { defineConfig } from 'astro/config';
import { compressedFiles } from './src/lib/compressed-files.ts';
import { frenchPlugin } from './src/lib/french-plugin.ts';
import { searchIndex } from './src/lib/search-index.ts';

/** Where the server listens while Astro serves the pages in development. */
const server = process.env.ESCALE_SERVER ?? 'http://127.0.0.1:4322';

export default defineConfig({
  outDir: './dist',
  // In development Astro would answer 404 to `/api/session`, before the proxy below sees it.
  trailingSlash: process.env.ESCALE_SERVER === undefined ? 'always' : 'ignore',
  // In this order: what the search adds is compressed too.
  integrations: [mdx(), searchIndex(), compressedFiles()],
  markdown: {
    // Coloured by our own components: Astro's Shiki writes style attributes, which the policy of the server forbids.
    syntaxHighlight: false,
    // The punctuation is French and done by the plugin; "smart" quotes are English.
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
