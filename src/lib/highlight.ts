import { createHighlighterCore, type HighlighterCore, type ThemeRegistrationRaw } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** The kind of a token, used as its class: keyword, string, comment, secondary, or plain. */
type CodeKind = 'k' | 's' | 'c' | 'o' | '';

export interface CodeToken {
  readonly text: string;
  readonly kind: CodeKind;
}

/** A placeholder colour for each kind: Shiki assigns them to tokens, and they are replaced by classes. */
const COLOURS: Readonly<Record<string, CodeKind>> = { '#000001': 'k', '#000002': 's', '#000003': 'c', '#000004': 'o' };

const theme: ThemeRegistrationRaw = {
  name: 'escale',
  type: 'light',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    {
      scope: ['keyword', 'storage', 'entity.name.tag', 'support.type.property-name', 'constant.language'],
      settings: { foreground: '#000001' },
    },
    { scope: ['keyword.operator'], settings: { foreground: '#000000' } },
    { scope: ['string', 'constant.numeric'], settings: { foreground: '#000002' } },
    { scope: ['comment', 'punctuation.definition.comment'], settings: { foreground: '#000003' } },
    { scope: ['punctuation.separator', 'punctuation.terminator'], settings: { foreground: '#000004' } },
  ],
};

let loading: Promise<HighlighterCore> | undefined;

function highlighter(): Promise<HighlighterCore> {
  loading ??= createHighlighterCore({
    themes: [theme],
    langs: [
      import('shiki/langs/docker.mjs'),
      import('shiki/langs/python.mjs'),
      import('shiki/langs/yaml.mjs'),
      import('shiki/langs/shellscript.mjs'),
      import('shiki/langs/json.mjs'),
      import('shiki/langs/ini.mjs'),
      import('shiki/langs/sql.mjs'),
      import('shiki/langs/diff.mjs'),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  return loading;
}

const ALIASES: Readonly<Record<string, string>> = {
  dockerfile: 'docker',
  bash: 'shellscript',
  sh: 'shellscript',
  shell: 'shellscript',
  yml: 'yaml',
  py: 'python',
};

/** The language of a file, from its name. */
export function languageOf(file: string): string {
  const name = file.split('/').at(-1) ?? file;
  if (/^Dockerfile/i.test(name)) return 'docker';
  const ending = name.split('.').at(-1) ?? '';
  return (
    { py: 'python', yml: 'yaml', yaml: 'yaml', sh: 'shellscript', json: 'json', sql: 'sql', env: 'ini', ini: 'ini', toml: 'ini' }[ending] ??
    'text'
  );
}

/** Highlights code at build time; returns the tokens of each line. Unknown languages are plain text. */
export async function highlight(code: string, lang: string): Promise<CodeToken[][]> {
  const shiki = await highlighter();
  const name = ALIASES[lang] ?? lang;
  if (!shiki.getLoadedLanguages().includes(name)) return code.split('\n').map((text) => [{ text, kind: '' }]);
  return shiki
    .codeToTokensBase(code, { lang: name, theme: 'escale' })
    .map((line) => merge(line.map((token) => ({ text: token.content, kind: COLOURS[token.color?.toLowerCase() ?? ''] ?? '' }))));
}

function merge(tokens: readonly CodeToken[]): CodeToken[] {
  const merged: CodeToken[] = [];
  for (const token of tokens) {
    const last = merged.at(-1);
    if (last?.kind === token.kind) merged[merged.length - 1] = { text: last.text + token.text, kind: last.kind };
    else merged.push(token);
  }
  return merged;
}
