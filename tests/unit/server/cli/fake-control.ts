import { readFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import type { ExecStart } from '../../../../contract/agent.ts';
import type { LabArchive } from '../../../../contract/lab.ts';
import type { Verdict } from '../../../../contract/verdict.ts';
import { runCli } from '../../../../server/cli/cli.ts';
import type { Control } from '../../../../server/control/definitions.ts';
import { readEnvironment } from '../../../../server/environment.ts';
import { EscaleError } from '../../../../server/errors/escale-error.ts';
import type { ExecStreams, LabAgent } from '../../../../server/labs/agents/definitions.ts';
import type { LabControl } from '../../../../server/labs/service/definitions.ts';
import { packProject } from '../../../../server/projects/pack-project.ts';
import type { Project } from '../../../../server/projects/project.ts';
import { projectAfter } from '../../../../server/projects/project-states.ts';
import { noWorkshops } from '../fakes/no-workshops.ts';

const DOCKERFILE = new URL('../../../../lab-stack/solution/1.3/Dockerfile', import.meta.url);

/** The calls made to the labs, in order. */
export type Calls = string[];

/** One lab, `amarre`, whose methods only record their calls. */
export function fakeControl(calls: Calls, verdicts: readonly Verdict[] = [], archives: LabArchive[] = []): Control {
  const known = (lab: string): void => {
    if (lab === 'amarre') return;
    throw new EscaleError('not-found', 'lab.unknown', { message: `Le labo ${lab} n’existe pas.`, hint: 'Voyez « escale lab list ».' });
  };
  const status = { lab: 'amarre', state: 'ready', isolation: 'userns', steps: [] } as const;
  const labs: LabControl = {
    start: async ({ lab = 'amarre' } = {}) => {
      calls.push(`start ${lab}`);
      return { lab, state: 'ready', container: 'c0ffee', isolation: 'userns', tookMs: 1234, steps: [{ name: 'agent', ms: 900 }] };
    },
    list: async () => [{ ...status, steps: [] }],
    status: async () => ({ ...status, steps: [] }),
    stop: async (lab) => {
      known(lab);
      calls.push(`stop ${lab}`);
      return { ...status, steps: [], state: 'stopped' };
    },
    reset: async (lab) => {
      known(lab);
      return { archive: '/archives/1.tar' };
    },
    archives: async (lab) => {
      known(lab);
      return { folder: '/archives', archives };
    },
    restore: async (lab, archive, { onChange } = {}) => {
      known(lab);
      calls.push(`restore ${lab} ${archive}`);
      onChange?.({ id: '1', kind: 'restore', state: 'running', steps: [{ id: 'archive', state: 'done', tookMs: 1200 }] });
      return { archive: '/archives/2.tar' };
    },
    remove: async (lab) => {
      known(lab);
      calls.push(`remove ${lab}`);
    },
    agent: async (lab) => {
      known(lab);
      return fakeAgent(calls);
    },
    source: async () => Promise.reject(new Error('not asked for in this test')),
    check: async (lab, tasks, { trials, waitMs, learner }) => {
      known(lab);
      calls.push(`check ${tasks.join(' ')} trials=${trials} waitMs=${waitMs} learner=${learner?.id}`);
      return { lab, tookMs: 10, criteria: [...verdicts] };
    },
  };
  return {
    via: 'local',
    labs,
    workshops: noWorkshops((line) => calls.push(line)),
    close: async () => {
      calls.push('close');
    },
  };
}

/** What the lab holds: the solution of 1.3, whose last USER is root. */
async function rootAgain(): Promise<Project> {
  const solution = await projectAfter('1.3');
  const content = readFileSync(DOCKERFILE, 'utf8').replace('USER etl', 'USER root');
  return new Map(solution).set('Dockerfile', { kind: 'file', mode: 0o644, content: Buffer.from(content) });
}

function fakeAgent(calls: Calls): LabAgent {
  const agent: Pick<LabAgent, 'execStream' | 'putTree' | 'getTree'> = {
    execStream: async (start: ExecStart, streams: ExecStreams) => {
      calls.push(`exec ${start.user} ${start.argv.join(' ')}`);
      streams.stdout.write('out');
      streams.stderr.write('err');
      return { code: 7, timedOut: false };
    },
    getTree: async () => packProject(await rootAgain()),
    putTree: async (tar, to) => {
      let bytes = 0;
      for await (const chunk of tar) bytes += Buffer.from(chunk).length;
      calls.push(`put ${to ?? 'project'} ${bytes > 0}`);
    },
  };
  return new Proxy(agent, {
    // The agent must not look like a promise: code that awaits it must not find a `then`.
    get: (target, name) =>
      name === 'then' ? undefined : (Reflect.get(target, name) ?? (() => Promise.reject(new Error(`unexpected ${String(name)}`)))),
  }) as LabAgent;
}

/** Runs a command line against that lab. */
export async function escale(
  words: readonly string[],
  { verdicts = [] as readonly Verdict[], archives = [] as LabArchive[], variables = {} as NodeJS.ProcessEnv } = {},
) {
  const calls: Calls = [];
  const out = new PassThrough();
  const err = new PassThrough();
  const exit = await runCli(words, {
    io: { stdin: Readable.from([]), stdout: out, stderr: err, cwd: process.cwd() },
    readEnvironment: () => readEnvironment({ HOME: '/nowhere', ...variables }),
    openControl: async () => fakeControl(calls, verdicts, archives),
    signal: new AbortController().signal,
  });
  const text = (stream: PassThrough): string => String(stream.read() ?? '');
  return { exit, stdout: text(out), stderr: text(err), calls };
}
