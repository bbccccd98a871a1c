import type { Project, ProjectEntry } from '../../../projects/project.ts';
import { isPublicValue, isSecretName, passwordInUrl, secretsOfEnvFile } from '../../mask.ts';

/** `.env`, `etl.env`, `.env.local`. */
const ENV_FILE = /(^|\/)[^/]*\.env(\.[^/]*)?$/;
/** `NAME=`, `NAME: `, `"name": `, and the value that follows. A value that contains a variable does not match. */
const ASSIGNMENT =
  /(?<![\w-])([A-Za-z_][\w-]*)(["']?\s*[=:]\s*|\s+(?=["']))(?:"([^"$\n]+)"|'([^'$\n]+)'|([^\s"'$,;#{}()[\]]+)(?=$|[\s,;"'}\]]))/g;
/** In these files, a word without quotes is a name and not a value. */
const CODE = /\.(py|ipynb|js|ts)$/;
/** Values of switches are not secret, and replacing them would change what runs. */
const SWITCH = /^(true|false|yes|no|on|off|null|none)$/i;
const SHORTEST = 3;

export interface Hidden {
  readonly project: Project;
  /** Number of replaced values. Each value was replaced by the same word everywhere. */
  readonly count: number;
}

/**
 * The project with its secrets replaced: values of `.env`, of variables named like secrets, and passwords in URLs. The same secret gets the same
 * word everywhere, so that the project still works. What the solution contains is public.
 */
export function hideSecrets(project: Project, solution: Project): Hidden {
  const known = [...solution.values()].map(textOf);
  const secrets = [...new Set([...project].flatMap(([path, entry]) => secretsOf(path, textOf(entry))))]
    .filter(
      (value) => value.length >= SHORTEST && !isPublicValue(value) && !SWITCH.test(value) && !known.some((text) => text.includes(value)),
    )
    .sort((one, other) => other.length - one.length);
  const words = new Map(secrets.map((secret, index) => [secret, standIn(secret, index + 1)]));
  return { project: new Map([...project].map(([path, entry]) => [path, hidden(entry, words)])), count: words.size };
}

function secretsOf(path: string, text: string): string[] {
  const passwords = text.split(/\s/).flatMap((word) => passwordInUrl(word) ?? []);
  return [
    ...text.split('\n').flatMap((line) => assignedIn(line, CODE.test(path))),
    ...passwords.filter((one) => !one.includes('$') && !one.includes('{')),
    ...(ENV_FILE.test(path) ? secretsOfEnvFile(text) : []),
  ];
}

/** In a comment, only `NAME=value` is an assignment: text with a colon is prose. */
function assignedIn(line: string, isCode: boolean): string[] {
  const isComment = /^\s*#/.test(line);
  return [...line.matchAll(ASSIGNMENT)].flatMap(([, name = '', link = '', double, single, bare]) => {
    if (!isSecretName(name) || (isComment && link !== '=') || (isCode && !isComment && bare !== undefined)) return [];
    return [double ?? single ?? bare ?? ''];
  });
}

/** An address is replaced by an address, because programs check its form. */
function standIn(secret: string, number: number): string {
  if (/^[^@\s]+@[^@\s]+$/.test(secret)) return `hidden-${number}@example.com`;
  if (/^https?:\/\//.test(secret)) return `http://hidden-${number}.example`;
  return `hidden-value-${number}`;
}

function hidden(entry: ProjectEntry, words: ReadonlyMap<string, string>): ProjectEntry {
  const text = textOf(entry);
  if (entry.kind !== 'file' || text === '') return entry;
  let result = text;
  for (const [secret, word] of words) result = result.replaceAll(secret, word);
  return result === text ? entry : { ...entry, content: Buffer.from(result) };
}

/** Empty for what is not text: its bytes would be damaged. */
function textOf(entry: ProjectEntry): string {
  if (entry.kind !== 'file') return '';
  const text = entry.content.toString('utf8');
  return Buffer.from(text).equals(entry.content) ? text : '';
}
