import type { LabView, Subject, ToolResult } from '../checkpoints/definitions.ts';
import { loadedRows } from '../checkpoints/readers/postgres/loaded-rows.ts';
import { NotRead } from '../checkpoints/reading.ts';
import { createView } from '../checkpoints/view.ts';
import type { Seen } from './definitions.ts';
import type { WorkshopStack } from './workshop-stack.ts';

export interface Roles {
  readonly etl: string;
  readonly database: string;
}

/** Takes the copy down, starts it anew and waits for the ETL's end. */
export async function play(stack: WorkshopStack, { etl, database }: Roles, env: Readonly<Record<string, string>> = {}): Promise<Seen> {
  const up = await stack.restart(env);
  return { up, ...(await seenOf(stack, { etl, database })) };
}

async function seenOf(stack: WorkshopStack, { etl, database }: Roles): Promise<Omit<Seen, 'up'>> {
  const ended = await stack.ended(etl);
  const log = ended === null ? '' : await stack.log(ended);
  const loaded = await inView(stack, (view) => isLoaded(view));
  return { etl: ended, database: await stack.container(database), log, loaded };
}

/** Reads the copy with the readers of the criteria. */
export function inView<T>(stack: WorkshopStack, read: (view: LabView) => Promise<T>): Promise<T> {
  return inViewOf(stack.subject(), read);
}

export async function inViewOf<T>(subject: Subject, read: (view: LabView) => Promise<T>): Promise<T> {
  const images = subject.engine.openImages();
  try {
    return await read(createView(subject, images, new AbortController().signal));
  } finally {
    await images.close();
  }
}

async function isLoaded(view: LabView): Promise<boolean> {
  try {
    const rows = await loadedRows(view);
    if (rows.state !== 'compared') return false;
    const { missing, doubled, strangers, values } = rows.comparison;
    return missing.length + doubled + strangers.length + values.length === 0;
  } catch (error) {
    if (error instanceof NotRead) return false;
    throw error;
  }
}

/** Whether the copy does what the learner's stack does: it starts, and its ETL loads and ends. */
export function works({ up, etl, loaded }: Seen): boolean {
  return up.code === 0 && etl?.state === 'exited' && etl.exitCode === 0 && loaded;
}

/** The line of a failed start that says why, or of the ETL's log. */
export function lastWords({ up, log }: Pick<Seen, 'log'> & { up: ToolResult }): string {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('(Background'));
  const failed = up.code === 0 ? [] : lines(`${up.stdout}\n${up.stderr}`);
  return (failed.at(-1) ?? lines(log).findLast((line) => /error|refused|fatal|no such/i.test(line)) ?? lines(log).at(-1) ?? '').slice(
    0,
    400,
  );
}
