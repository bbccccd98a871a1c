import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Verdict } from '../../../../../../contract/verdict.ts';
import type { Mutant } from '../../../../../../server/checkpoints/lesson-test/mutants/list-mutants.ts';
import { mutantsOfTask } from '../../../../../../server/checkpoints/lesson-test/mutants/mutants-of-task.ts';
import { mutate } from '../../../../../../server/checkpoints/lesson-test/mutants/mutate.ts';
import type { Scene } from '../../../../../../server/checkpoints/lesson-test/play.ts';
import type { ExecResult } from '../../../../../../server/labs/agents/definitions.ts';
import { unpackProject } from '../../../../../../server/projects/unpack-project.ts';
import { fakeAgent } from '../../../fakes/fake-agent.ts';
import { shown } from '../../fakes/small-project.ts';

const diagnosis = { code: 'user.root', expected: '', observed: '', where: {}, look: '' };
const base = { task: '1.3', row: 'dockerfile', points: 2, title: 'x', remarks: [], evidence: [] } satisfies Partial<Verdict>;
const met = (judge: Verdict['judge'] = 'program'): Verdict => ({ ...base, id: '1.3/non-root', judge, verdict: 'met' });
const notMet: Verdict = { ...base, id: '1.3/non-root', judge: 'program', verdict: 'not-met', diagnosis };
const cannotTell = (code: string, judge: Verdict['judge'] = 'program'): Verdict => ({
  ...base,
  id: '1.3/health-trial',
  judge,
  verdict: 'cannot-tell',
  diagnosis: { ...diagnosis, code },
});

type Judge = (dockerfile: string, trials: boolean) => Verdict[];

/** A lab that only remembers the last project it was given, judged as a test says. */
function fakeScene(judge: Judge, { recovers = true } = {}) {
  const calls: string[] = [];
  let files: Record<string, string> = {};
  const answer: ExecResult = { code: 0, timedOut: false, stdout: 'same', stderr: '', truncated: false };
  const agent = fakeAgent({
    putTree: async (tar) => {
      files = shown(await unpackProject(Readable.from(await buffer(tar)), { keep: () => true, maxBytes: 1e6 }));
    },
    exec: async ({ argv }) => {
      const [, , script = ''] = argv;
      if (script.includes('builder prune')) calls.push('emptied');
      return answer;
    },
    engine: async (action) => {
      calls.push(`engine ${action}`);
      if (!recovers) throw new Error('the lab is gone');
      return { agent: 'fake', engine: { state: 'running', version: '26.1' } };
    },
  });
  const check = async (_tasks: readonly string[], { trials }: { trials: boolean }) => judge(files.Dockerfile ?? '', trials);
  const scene: Scene = { agent, checker: () => ({ check, tryOne: () => Promise.reject(new Error('not asked for')) }) };
  return { scene, calls };
}

const mutants = (await mutantsOfTask('1.3', { only: ['USER etl', 'WORKDIR'] })) as Mutant[];
const hasUser = (dockerfile: string) => dockerfile.includes('USER etl\n');

async function run(judge: Judge, options?: Parameters<typeof fakeScene>[1]) {
  const { scene, calls } = fakeScene(judge, options);
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const report = await mutate({ task: '1.3', mutants, scenes: [scene], say, signal: new AbortController().signal });
  return { report, lines, calls };
}

it('lists what no criterion notices, and counts what one finds', async () => {
  expect(mutants).toHaveLength(4);
  const { report, lines } = await run((dockerfile) => [hasUser(dockerfile) ? met() : notMet]);
  expect(report).toMatchObject({ task: '1.3', mutants: 4, found: 2, alike: 0, undecided: [], failed: [], untried: 0 });
  expect(report.unnoticed.map(({ file, line, before, after }) => [file, line, before, after])).toEqual([
    ['Dockerfile', 10, ['WORKDIR /app'], []],
    ['Dockerfile', 10, ['WORKDIR /app'], ['WORKDIR /appx']],
  ]);
  expect(lines).toContain('3/4 ✓ Dockerfile:25: - USER etl : 1.3/non-root user.root');
  expect(lines).toContain('2/4 ✗ Dockerfile:10: - WORKDIR /app + WORKDIR /appx : tout est rempli');
});

it('asks the trials only where looking finds nothing, and believes them', async () => {
  const asked: boolean[] = [];
  const { report } = await run((dockerfile, trials) => {
    asked.push(trials);
    if (!hasUser(dockerfile)) return [notMet];
    if (!trials) return [met(), cannotTell('trial.not-run', 'trial')];
    return [dockerfile.includes('WORKDIR /app\n') ? met('trial') : notMet];
  });
  expect(report).toMatchObject({ found: 4, unnoticed: [] });
  expect(asked.filter((trials) => trials)).toHaveLength(3);
});

it('keeps apart what could not be told', async () => {
  const { report } = await run((dockerfile) => [hasUser(dockerfile) ? met() : cannotTell('unavailable.engine')]);
  expect(report.undecided.map(({ why }) => why)).toEqual([
    ['1.3/health-trial unavailable.engine'],
    ['1.3/health-trial unavailable.engine'],
  ]);
});

it('goes on after a play that breaks off, with the lab emptied', async () => {
  const { report, lines, calls } = await run((dockerfile) => {
    if (!dockerfile.includes('WORKDIR')) throw new Error('no space left on device');
    return [hasUser(dockerfile) ? met() : notMet];
  });
  expect(report).toMatchObject({ found: 2, untried: 0 });
  expect(report.failed).toMatchObject([{ line: 10, after: [], why: ['no space left on device'] }]);
  expect(calls).toEqual(['engine start', 'emptied']);
  expect(lines[0]).toMatch(/no space left on device.*vidé/);
});

it('keeps what it knows when a lab does not come back', async () => {
  const { report } = await run(
    (dockerfile) => {
      if (dockerfile.includes('appx')) throw new Error('cut');
      return [hasUser(dockerfile) ? met() : notMet];
    },
    { recovers: false },
  );
  expect(report).toMatchObject({ mutants: 4, found: 0, untried: 2 });
  expect(report.failed).toHaveLength(1);
  expect(report.unnoticed).toHaveLength(1);
});

it('says nothing of mutants where the solution itself is not met', async () => {
  await expect(run(() => [notMet])).rejects.toMatchObject({
    code: 'mutants.solution-not-met',
    message: expect.stringContaining('user.root'),
  });
});

it('ends when it is asked to', async () => {
  const { scene } = fakeScene(() => [met()]);
  const controller = new AbortController();
  const say = () => controller.abort(new Error('enough'));
  await expect(mutate({ task: '1.3', mutants, scenes: [scene], say, signal: controller.signal })).rejects.toThrow('enough');
});
