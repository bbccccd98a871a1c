import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { brokenLinks, linkTargets, markdownFiles } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('the Markdown pages', () => {
  it('have no broken relative link', () => {
    const files = markdownFiles(ROOT);
    expect(files).toContain('README.md');
    expect(files.flatMap((file) => brokenLinks(ROOT, file))).toEqual([]);
  });

  it('list every decision in docs/decisions/README.md', () => {
    const listed = linkTargets(readFileSync(join(ROOT, 'docs/decisions/README.md'), 'utf8'));
    const pages = readdirSync(join(ROOT, 'docs/decisions')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(
      pages.filter((page) => !listed.includes(page)),
      'add a row for each to docs/decisions/README.md',
    ).toEqual([]);
  });
});

describe('brokenLinks', () => {
  it('reports a missing file, a missing heading and a link out of the repository, and nothing else', () => {
    const folder = mkdtempSync(join(tmpdir(), 'escale-links-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'there.md'), '# Là-bas, un titre\n\n```\n# not a heading\n[no](link.md)\n```\n');
    writeFileSync(
      join(folder, 'page.md'),
      '# Page\n[a](there.md) [b](there.md#là-bas-un-titre) [c](#page) [d](https://example.org) `[e](code.md)`\n' +
        '[f](absent.md) [g](there.md#not-a-heading) [h](../outside.md)\n',
    );
    expect(brokenLinks(folder, 'page.md')).toEqual([
      'page.md -> absent.md',
      'page.md -> there.md#not-a-heading',
      'page.md -> ../outside.md',
    ]);
  });
});
