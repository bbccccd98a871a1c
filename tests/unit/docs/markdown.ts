import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.astro', 'test-results', 'playwright-report']);

/** Every Markdown file under `folder`, relative to it, except in installed or built folders. */
export function markdownFiles(folder: string, under = ''): string[] {
  return readdirSync(join(folder, under), { withFileTypes: true }).flatMap((entry) => {
    const path = join(under, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : markdownFiles(folder, path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The text without fenced blocks and code spans, where brackets are not links. */
function prose(markdown: string): string {
  return markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1`*$/gm, '').replace(/`[^`\n]*`/g, '');
}

/** The targets of links and images. */
export function linkTargets(markdown: string): string[] {
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '');
}

/** The anchors that GitHub gives to the headings of a page. */
export function headingAnchors(markdown: string): Set<string> {
  const text = markdown.replace(/^(`{3,})[^\n]*\n[\s\S]*?^\1`*$/gm, '');
  return new Set([...text.matchAll(/^#{1,6}\s+(.+)$/gm)].map((match) => slug(match[1] ?? '')));
}

function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** The broken relative links of `file`, each as « file -> target ». */
export function brokenLinks(root: string, file: string): string[] {
  const relative = linkTargets(readFileSync(join(root, file), 'utf8')).filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
  return relative.filter((target) => !leadsSomewhere(root, file, target)).map((target) => `${file} -> ${target}`);
}

function leadsSomewhere(root: string, file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const destination = path === '' ? file : normalize(join(dirname(file), decodeURI(path)));
  const stats = statSync(join(root, destination), { throwIfNoEntry: false });
  if (stats === undefined || destination.startsWith('..')) return false;
  if (anchor === undefined) return true;
  return stats.isFile() && headingAnchors(readFileSync(join(root, destination), 'utf8')).has(anchor);
}
