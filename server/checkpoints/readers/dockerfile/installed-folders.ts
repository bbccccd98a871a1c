import type { FinalImage } from './model.ts';
import { variablesOf } from './variables.ts';

/** Folders of the project itself. */
const OWN = ['src', 'config', 'data', 'logs'];

/** The folders of `/app` in which an image keeps installed packages: virtual environments, and what its variables name. */
export function installedFolders({ instructions }: FinalImage): string[] {
  const variables = instructions.filter(({ keyword }) => keyword === 'ENV').flatMap(variablesOf);
  const named = variables.flatMap(([, value]) => [...value.matchAll(/\/app\/([\w.-]+)/g)].map(([, name = '']) => name));
  const written = instructions.flatMap(({ text }) =>
    [...text.replace(/-m venv/g, '').matchAll(/(?:^|[\s"'/=:])(\.?venv)(?=$|[\s"'/:])/g)].map(([, name = '']) => name),
  );
  const tools = instructions.some(({ keyword, text }) => keyword === 'RUN' && /\b(uv sync|poetry|pipenv|pdm)\b/.test(text))
    ? ['.venv']
    : [];
  return [...new Set([...named, ...written, ...tools])].filter((name) => !OWN.includes(name) && /^\.?\w[\w-]*$/.test(name));
}
