import type { Where } from '../../../../contract/verdict.ts';

interface Source {
  readonly path: string;
  readonly text: string;
}

/** Code that writes to the database. */
const WRITES =
  /\bto_sql\b|INSERT\s+INTO|\bTRUNCATE\b|executemany|execute_values|execute_batch|copy_expert|copy_from|\.add(_all)?\(|COPY\s+\w+/i;
/** Code that opens a transaction which nothing ends by itself. */
const OPENS = /\.connect\(|raw_connection\(|\bSession\(|sessionmaker\(/;
/** Code after which the rows stay. */
const KEEPS = /\bcommit\(|\.begin\(|autocommit/i;
/** `with connection:` of psycopg2, and psycopg 3 as a whole, commit at the end of the block. */
const COMMITS_ITSELF = /\bpsycopg\.connect\(|psycopg2[\s\S]*\bwith\s+\w+\s*(:|,)/;

/** Where a connection is opened whose changes nothing keeps: in the file that writes, otherwise in the whole program. Null if something commits. */
export function uncommitted(files: readonly Source[]): (Where & { readonly text: string }) | null {
  const code = files.map(({ path, text }) => ({ path, text: withoutComments(text) }));
  const writing = code.filter(({ text }) => WRITES.test(text));
  const alone = writing.find(({ text }) => OPENS.test(text) && !KEEPS.test(text) && !COMMITS_ITSELF.test(text));
  if (alone !== undefined) return placeIn(alone);
  const all = code.map(({ text }) => text).join('\n');
  if (writing.length === 0 || !OPENS.test(all) || KEEPS.test(all) || COMMITS_ITSELF.test(all)) return null;
  const opening = code.find(({ text }) => OPENS.test(text));
  return opening === undefined ? null : placeIn(opening);
}

function placeIn({ path, text }: Source): Where & { readonly text: string } {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => OPENS.test(line));
  return { file: path, line: index + 1, text: (lines[index] ?? '').trim() };
}

function withoutComments(text: string): string {
  return text.replace(/(^|\s)#.*$/gm, '$1');
}
