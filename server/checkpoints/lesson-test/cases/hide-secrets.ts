import type { Project, ProjectEntry } from '../../../projects/project.ts';
import { isPublicValue, isSecretName, passwordInUrl, secretsOfEnvFile } from '../../mask.ts';

/** `.env`, `etl.env`, `.env.local`. */
const ENV_FILE = /(^|\/)[^/]*\.env(\.[^/]*)?$/;
/** `NAME=`, `NAME: `, `"name": `, and what follows up to the end of a value; one that is made of a variable is none. */
const ASSIGNMENT =
  /(?<![\w-])([A-Za-z_][\w-]*)(["']?\s*[=:]\s*|\s+(?=["']))(?:"([^"$\n]+)"|'([^'$\n]+)'|([^\s"'$,;#{}()[\]]+)(?=$|[\s,;"'}\]]))/g;
/** Here a word without quotes is a name, not a value. */
const CODE = /\.(py|ipynb|js|ts)$/;
/** Values of a switch: replacing them would change what runs, and they hide nothing. */
const SWITCH = /^(true|false|yes|no|on|off|null|none)$/i;
const SHORTEST = 3;

export interface Hidden {
  readonly project: Project;
  /** How many values were replaced, each by the same words wherever it stood. */
  readonly count: number;
}

/**
 * The project with other words in place of its secrets: values of `.env`, of variables named like secrets, passwords in URLs. The same secret gets
 * the same words everywhere, so that what worked works. What the solution itself contains is public.
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

/** In a comment only `NAME=value` is an assignment: a colon is prose. */
function assignedIn(line: string, isCode: boolean): string[] {
  const isComment = /^\s*#/.test(line);
  return [...line.matchAll(ASSIGNMENT)].flatMap(([, name = '', link = '', double, single, bare]) => {
    if (!isSecretName(name) || (isComment && link !== '=') || (isCode && !isComment && bare !== undefined)) return [];
    return [double ?? single ?? bare ?? ''];
  });
}

/** An address stays one: programs check its form. */
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

/** Nothing for what is not text: bytes would not come back as they were. */
function textOf(entry: ProjectEntry): string {
  if (entry.kind !== 'file') return '';
  const text = entry.content.toString('utf8');
  return Buffer.from(text).equals(entry.content) ? text : '';
}
