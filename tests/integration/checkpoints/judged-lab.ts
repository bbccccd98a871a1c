import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Verdict } from '../../../contract/verdict.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { readServerFile } from '../../../server/state/server-file.ts';
import { RunningServer } from '../server/running-server.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

export const LAB = 'solo';
const FILES = "find . -printf '%p %m %u %s %T@\\n' | sort";
/** A look of 1.4 where nothing is made to be slow takes a second or two; one that waits for a program to give up, twenty more. */
const LOOK_MS = 90_000;

/** The lab of a running server, filled as a learner would and judged as `escale check` asks for it. */
export class JudgedLab {
  readonly server = new RunningServer();

  /** Once the images of the course are there. */
  async start(): Promise<void> {
    await this.server.start();
    await this.server.labs.start({ lab: LAB });
  }

  /** What a script writes, whatever its exit status. */
  async type(script: string, user: 'dataeng' | 'root' = 'dataeng'): Promise<string> {
    const agent = await this.server.labs.agent(LAB);
    const { stdout, stderr } = await agent.exec({ argv: ['bash', '-c', script], user, cwd: '.', env: {}, timeoutMs: 240_000 });
    return `${stdout}${stderr}`.trim();
  }

  /** The project, in place of what was there, without any container or volume. */
  async put(files: Files): Promise<void> {
    await this.type('docker ps -aq | xargs -r docker rm -fv; docker volume ls -q | xargs -r docker volume rm -f');
    const project = Object.entries(files).map(([path, text]) => [path, { kind: 'file', mode: 0o644, content: Buffer.from(text) }] as const);
    await (await this.server.labs.agent(LAB)).putTree(packProject(new Map(project)));
  }

  /** One look that comes in time and changes no file of the project; with `waitMs`, the last of several. */
  async look(tasks: readonly string[], waitMs = 0): Promise<Verdict[]> {
    const before = await this.type(FILES);
    const signal = AbortSignal.timeout(LOOK_MS + waitMs);
    const { criteria } = await this.server.labs.check(LAB, tasks, { trials: false, waitMs, signal });
    expect(await this.type(FILES)).toBe(before);
    return criteria;
  }

  /** By how many megabytes the server's memory grew at the most while something was done. */
  async growth(act: () => Promise<unknown>): Promise<number> {
    const { pid = 0 } = readServerFile(this.server.folder) ?? {};
    const megabytes = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = megabytes('VmRSS');
    // The kernel counts the highest anew.
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    await act();
    return megabytes('VmHWM') - before;
  }
}

/** What is said of a criterion: verdict, code, and all that a learner reads, places written `file:line`. */
export function said(verdicts: readonly Verdict[], id: string): string {
  const verdict = verdicts.find((one) => one.id === id);
  if (!verdict) throw new Error(`no verdict of ${id}`);
  const remarks = verdict.remarks.map(({ code, text }) => `${code} ${text}`);
  if (verdict.verdict === 'met') return ['met', ...remarks].join('\n');
  const { code, observed, where, look } = verdict.diagnosis;
  const { file = '', line = '', ...others } = where;
  return [`${verdict.verdict} ${code} ${file}:${line}`, ...Object.values(others), observed, look, ...remarks].join('\n');
}

/** What is held against the learner. */
export function notMet(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap((one) => (one.verdict === 'not-met' ? [`${one.id} ${one.diagnosis.code}`] : []));
}
