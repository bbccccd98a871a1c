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

/** The recording of a play: beside its case, or in `lab-stack/facts/` for starters, solutions and ends of parts. */
export function recordingFile({ kind, name, tasks }: Play): string {
  const folder = FOLDERS[kind];
  const task = tasks[0] ?? '';
  return folder === undefined ? join(LAB_STACK, 'facts', task, `${kind}.json`) : join(LAB_STACK, folder, task, name, 'facts.json');
}

/** Judges a play from its recording, without a lab. Throws if there is no recording or it is stale. */
export async function replayPlay(play: Play): Promise<Verdict[]> {
  const { version, played, facts } = recordingSchema.parse(JSON.parse(await readFile(recordingFile(play), 'utf8')));
  if (version !== ASKED_VERSION) throw new StaleRecording(`version ${ASKED_VERSION}`);
  if (played !== digestOf(play)) throw new StaleRecording('the files and commands of the case as they are now');
  return replay({ ...filesOf(play.project), ...facts }, play.tasks);
}

/**
 * Writes the recording of a play. Returns the reason if it cannot: the recording gives other verdicts than the lab, because
 * a criterion depends on a secret or on something that is not recorded.
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

/** Digest of the project and the commands. */
function digestOf({ project, commands, trials }: Play): string {
  const hash = createHash('sha256').update(JSON.stringify([commands, trials]));
  for (const [path, entry] of [...project].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(JSON.stringify([path, entry.kind, entry.kind === 'link' ? entry.target : entry.mode]));
    if (entry.kind === 'file') hash.update(entry.content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The answers about the project's files, as long as nothing in the lab changes them. */
function filesOf(project: Project): Facts {
  const files = [...project].flatMap(([path, entry]) =>
    entry.kind === 'file' ? [[question('file', path), entry.content.toString('utf8')] as const] : [],
  );
  return Object.fromEntries(files);
}
