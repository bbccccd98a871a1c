import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Verdict } from '../../../contract/verdict.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { readServerFile } from '../../../server/state/server-file.ts';
import { RunningServer } from '../server/running-server.ts';

export type Files = Readonly<Record<string, string | Buffer>>;

export const LAB = 'solo';
const FILES = "find . -printf '%p %m %u %s %T@\\n' | sort";
/** A look at 1.4 takes one or two seconds. With a program that only fails after its timeout, it takes twenty more. */
const LOOK_MS = 90_000;

/** The lab of a running server, filled as a learner would and judged as by `escale check`. */
export class JudgedLab {
  readonly server = new RunningServer();

  /** Resolves once the images of the course are there. */
  async start(): Promise<void> {
    await this.server.start();
    await this.server.labs.start({ lab: LAB });
  }

  /** The output of a script, whatever its exit status. */
  async type(script: string, user: 'dataeng' | 'root' = 'dataeng'): Promise<string> {
    const agent = await this.server.labs.agent(LAB);
    const { stdout, stderr } = await agent.exec({ argv: ['bash', '-c', script], user, cwd: '.', env: {}, timeoutMs: 240_000 });
    return `${stdout}${stderr}`.trim();
  }

  /** Replaces the project, and removes all containers and volumes. */
  async put(files: Files): Promise<void> {
    await this.type('docker ps -aq | xargs -r docker rm -fv; docker volume ls -q | xargs -r docker volume rm -f');
    const project = Object.entries(files).map(([path, text]) => [path, { kind: 'file', mode: 0o644, content: Buffer.from(text) }] as const);
    await (await this.server.labs.agent(LAB)).putTree(packProject(new Map(project)));
  }

  /** One look, which must be in time and change no file of the project. With `waitMs`, the last of several looks. */
  async look(tasks: readonly string[], waitMs = 0): Promise<Verdict[]> {
    const before = await this.type(FILES);
    const signal = AbortSignal.timeout(LOOK_MS + waitMs);
    const { criteria } = await this.server.labs.check(LAB, tasks, { trials: false, waitMs, signal });
    expect(await this.type(FILES)).toBe(before);
    return criteria;
  }

  /** The largest growth of the server's memory during an action, in megabytes. */
  async growth(act: () => Promise<unknown>): Promise<number> {
    const { pid = 0 } = readServerFile(this.server.folder) ?? {};
    const megabytes = (name: string) =>
      Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
    const before = megabytes('VmRSS');
    // Resets the kernel's record of the peak.
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
    await act();
    return megabytes('VmHWM') - before;
  }
}

/** The verdict, the code and all texts of a criterion, with places written as `file:line`. */
export function said(verdicts: readonly Verdict[], id: string): string {
  const verdict = verdicts.find((one) => one.id === id);
  if (!verdict) throw new Error(`no verdict of ${id}`);
  const remarks = verdict.remarks.map(({ code, text }) => `${code} ${text}`);
  if (verdict.verdict === 'met') return ['met', ...remarks].join('\n');
  const { code, observed, where, look } = verdict.diagnosis;
  const { file = '', line = '', ...others } = where;
  return [`${verdict.verdict} ${code} ${file}:${line}`, ...Object.values(others), observed, look, ...remarks].join('\n');
}

/** The criteria that are not met. */
export function notMet(verdicts: readonly Verdict[]): string[] {
  return verdicts.flatMap((one) => (one.verdict === 'not-met' ? [`${one.id} ${one.diagnosis.code}`] : []));
}
