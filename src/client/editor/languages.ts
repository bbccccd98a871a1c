import { LanguageSupport, StreamLanguage, type StreamParser } from '@codemirror/language';
import { nameOf } from './tree-model.ts';

type Load = () => Promise<LanguageSupport>;

const stream = (load: () => Promise<StreamParser<unknown>>): Load => {
  return async () => new LanguageSupport(StreamLanguage.define(await load()));
};

const python: Load = async () => (await import('@codemirror/lang-python')).python();
const yaml: Load = async () => (await import('@codemirror/lang-yaml')).yaml();
const json: Load = async () => (await import('@codemirror/lang-json')).json();
const sql: Load = async () => {
  const { PostgreSQL, sql } = await import('@codemirror/lang-sql');
  return sql({ dialect: PostgreSQL });
};
const dockerfile = stream(async () => (await import('@codemirror/legacy-modes/mode/dockerfile')).dockerFile);
const shell = stream(async () => (await import('@codemirror/legacy-modes/mode/shell')).shell);
const properties = stream(async () => (await import('@codemirror/legacy-modes/mode/properties')).properties);

/** Languages by file name; the first match counts. */
const LANGUAGES: readonly (readonly [RegExp, Load])[] = [
  [/^(?:Dockerfile|Containerfile)(?:\..+)?$|\.dockerfile$/i, dockerfile],
  [/\.ya?ml$/i, yaml],
  [/\.pyi?$/i, python],
  [/\.sql$/i, sql],
  [/\.(?:json|jsonl|ipynb)$/i, json],
  [/\.(?:sh|bash)$|^\.(?:bashrc|profile|bash_profile)$/i, shell],
  [/^\.env(?:\..+)?$|\.(?:env|ini|cfg|conf|properties|toml)$/i, properties],
  [/^(?:requirements[\w-]*\.txt|\.dockerignore|\.gitignore)$/, properties],
];

/** The loader of the language for this file name; undefined for plain text. */
export function languageOf(path: string): Load | undefined {
  return LANGUAGES.find(([pattern]) => pattern.test(nameOf(path)))?.[1];
}

/** One step of indentation for this file. */
export function indentOf(path: string): string {
  return /\.(?:py|pyi|sql)$|Dockerfile/i.test(nameOf(path)) ? '    ' : '  ';
}
