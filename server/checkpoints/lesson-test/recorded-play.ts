import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Verdict } from '../../../contract/verdict.ts';
import type { Project } from '../../projects/project.ts';
import { ASKED_VERSION, type Facts, question } from '../facts/facts.ts';
import { printRecording, recordingSchema, toRecording } from '../facts/recording.ts';
import { replay, StaleRecording } from '../facts/replay.ts';
import { failedOf } from './judge-play.ts';
import type { Play } from './list-plays.ts';
import type { Played } from './play.ts';

const LAB_STACK = fileURLToPath(new URL('../../../lab-stack/', import.meta.url));
const FOLDERS: Partial<Record<Play['kind'], string>> = { mistake: 'mistakes', variant: 'variants' };

/** Beside the case; starters, solutions and ends of parts have a folder of their own. */
export function recordingFile({ kind, name, tasks }: Play): string {
  const folder = FOLDERS[kind];
  const task = tasks[0] ?? '';
  return folder === undefined ? join(LAB_STACK, 'facts', task, `${kind}.json`) : join(LAB_STACK, folder, task, name, 'facts.json');
}

/** The verdicts of a play from its recording, in a moment and without a lab. Throws where there is none, or one of something else. */
export async function replayPlay(play: Play): Promise<Verdict[]> {
  const { version, played, facts } = recordingSchema.parse(JSON.parse(await readFile(recordingFile(play), 'utf8')));
  if (version !== ASKED_VERSION) throw new StaleRecording(`version ${ASKED_VERSION}`);
  if (played !== digestOf(play)) throw new StaleRecording('the files and commands of the case as they are now');
  return replay({ ...filesOf(play.project), ...facts }, play.tasks);
}

/**
 * Keeps what a play gave. Says why it cannot: the recording would be judged otherwise than the lab was, since a criterion
 * depends on something that is no recorded fact, or on a secret.
 */
export async function writeRecording(play: Play, { facts, secrets, verdicts }: Played): Promise<string | null> {
  const known = filesOf(play.project);
  const recording = toRecording(facts, secrets, digestOf(play), known);
  const again = await replay({ ...known, ...recording.facts }, play.tasks);
  const [live, replayed] = [verdicts, again].map((some) => JSON.stringify(failedOf(some)));
  if (live !== replayed) return `l’enregistrement est jugé autrement que le labo : ${replayed}, au lieu de ${live}`;
  const file = recordingFile(play);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, printRecording(recording));
  return null;
}

/** The command that plays it again and records it. */
export function recordCommand({ tasks, name }: Play): string {
  return `npx escale lesson test ${tasks.join(' ')} --only '${name}' --record`;
}

/** Of what is put into the lab and typed there. */
function digestOf({ project, commands, trials }: Play): string {
  const hash = createHash('sha256').update(JSON.stringify([commands, trials]));
  for (const [path, entry] of [...project].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([path, entry.kind, entry.kind === 'link' ? entry.target : entry.mode]));
    if (entry.kind === 'file') hash.update(entry.content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The answers that a reader of the project's files gets as long as nothing changed them. */
function filesOf(project: Project): Facts {
  const files = [...project].flatMap(([path, entry]) =>
    entry.kind === 'file' ? [[question('file', path), entry.content.toString('utf8')] as const] : [],
  );
  return Object.fromEntries(files);
}
