import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChecker } from '../../../server/checkpoints/checker.ts';
import type { Subject } from '../../../server/checkpoints/definitions.ts';
import { subjectOfLab } from '../../../server/checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../../server/checkpoints/trials/file-journal.ts';
import { undoLeftovers } from '../../../server/checkpoints/trials/undo-trial.ts';
import type { EngineEvent } from '../../../server/lab-engine/definitions.ts';
import { createSourceControl } from '../../../server/labs/source/source-control.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { overlay } from '../../../server/projects/project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import { settled } from '../../support/settled.ts';
import { MAKE_MINI, sh, startTestLab, type TestLab } from '../labs/test-lab.ts';

/** All of 1.3 except the packages: an image that builds in a second, from programs of the lab. */
const DOCKERFILE = `FROM python:3.11-slim
WORKDIR /app
RUN echo 'etl:x:1000:1000::/app:/bin/sh' >> /etc/passwd
COPY requirements.txt .
RUN echo pip install -r requirements.txt
COPY src/ src/
COPY etl_pipeline.py .
USER etl
HEALTHCHECK --timeout=5s CMD test -e /tmp/up
CMD ["python3", "etl_pipeline.py"]
`;
const signal = AbortSignal.timeout(280_000);
let lab: TestLab;
let subject: Subject;

beforeAll(async () => {
  lab = await startTestLab();
  const source = createSourceControl({ url: lab.endpoint.sourceControlUrl, token: lab.spec.sourceToken });
  subject = withoutSource(subjectOfLab(lab.agent, source));
  await sh(lab, `${MAKE_MINI.replace('exit 0', 'true')}`);
  await sh(lab, 'docker tag mini python:3.11-slim');
  const dockerfile = new Map([['Dockerfile', { kind: 'file', mode: 0o644, content: Buffer.from(DOCKERFILE) } as const]]);
  await lab.agent.putTree(packProject(overlay(await projectAfter('1.3'), dockerfile)));
  await sh(lab, 'docker build -q -t etl .');
});

afterAll(async () => {
  await lab?.end();
});

/** This lab has no image of a database, so the health check is tried alone, as where no trial can set a source. */
function withoutSource(whole: Subject): Subject {
  return { ...whole, environment: null, within: (bound) => withoutSource(whole.within(bound)) };
}

const newChecker = () => createChecker({ lab: lab.spec.id, subject, journal: new FileJournal(`${lab.instance}/trials`) });
const leftovers = () => sh(lab, 'docker ps -aq --filter label=escale.trial; docker ps -aq --filter label=escale.look');

test('a look and a trial leave the engine unchanged', async () => {
  const before = await sh(lab, 'docker ps -aq; docker volume ls -q; docker network ls -q; docker image ls -q');
  const verdicts = await newChecker().check(['1.3'], { trials: true, waitMs: 0, signal });
  expect(verdicts.filter((verdict) => verdict.verdict !== 'met')).toEqual([]);
  expect(await sh(lab, 'docker ps -aq; docker volume ls -q; docker network ls -q; docker image ls -q')).toBe(before);
});

test('a trial whose process was killed is undone before the next one', async () => {
  const image = 'etl';
  const journal = new FileJournal(`${lab.instance}/trials`);
  const plan = { id: randomUUID(), lab: lab.spec.id, act: 'health', startedAt: new Date().toISOString() };
  await sh(lab, `docker create --label escale.trial=${plan.id} ${image}; docker create --label escale.look=image ${image}`);
  await journal.begin(plan);
  journal.leave(plan);
  await undoLeftovers(lab.spec.id, subject, new FileJournal(`${lab.instance}/trials`));
  expect(await leftovers()).toBe('');
  await sh(lab, `docker create --label escale.trial=${plan.id} ${image}`);
  await journal.begin(plan);
  journal.leave(plan);
  const verdict = await createChecker({ lab: lab.spec.id, subject, journal: new FileJournal(`${lab.instance}/trials`) }).tryOne(
    '1.3/healthcheck-trial',
    signal,
  );
  expect(verdict.verdict).toBe('met');
  expect(await leftovers()).toBe('');
});

test('changes by the learner on the engine are noticed, those by the checker are not', async () => {
  const events: EngineEvent[] = [];
  const stop = new AbortController();
  const listening = subject.engine.events((event) => events.push(event), stop.signal);
  // It is heard from when the stream of events is open.
  await expect.poll(() => sh(lab, 'docker tag etl before').then(() => events.length), { timeout: 20_000 }).toBeGreaterThan(0);
  await settled(() => events.length);
  events.length = 0;
  await newChecker().check(['1.3'], { trials: true, waitMs: 0, signal });
  expect(events).toEqual([]);
  await sh(lab, 'docker tag etl other');
  await expect.poll(() => events.map(({ type }) => type), { timeout: 20_000 }).toContain('image');
  stop.abort();
  await listening;
});

test('no call to the engine is lost, however quick its replies are', async () => {
  const { id } = (await subject.engine.image('etl')) ?? { id: '' };
  for (let i = 0; i < 40; i += 1) {
    expect(await subject.engine.tryInside('quick', { image: id, argv: ['sh', '-c', `exit ${i}`], timeoutMs: 5000 })).toMatchObject({
      code: i,
    });
  }
});

test('a stopped engine is reported, and no points are lost', async () => {
  await lab.agent.engine('stop');
  const verdicts = await newChecker().check(['1.3'], { trials: true, waitMs: 0, signal });
  expect(verdicts.filter(({ verdict }) => verdict === 'not-met')).toEqual([]);
  const codes = verdicts.map((verdict) => (verdict.verdict === 'met' ? 'met' : verdict.diagnosis.code));
  expect(new Set(codes)).toEqual(new Set(['met', 'unavailable.engine']));
  await lab.agent.engine('start');
});
