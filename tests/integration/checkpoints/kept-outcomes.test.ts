import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Act } from '../../../server/checkpoints/act.ts';
import { healthCheckAct } from '../../../server/checkpoints/acts/health-check.ts';
import { pipelineAct } from '../../../server/checkpoints/acts/pipeline.ts';
import { createChecker } from '../../../server/checkpoints/checker.ts';
import type { Subject } from '../../../server/checkpoints/definitions.ts';
import { actQuestion } from '../../../server/checkpoints/facts/facts.ts';
import { subjectOfLab } from '../../../server/checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../../server/checkpoints/trials/file-journal.ts';
import { MemoryOutcomes } from '../../../server/checkpoints/trials/memory-outcomes.ts';
import { createView } from '../../../server/checkpoints/view.ts';
import { createSourceControl } from '../../../server/labs/source/source-control.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { overlay } from '../../../server/projects/project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import { MAKE_MINI, sh, startTestLab, type TestLab } from '../labs/test-lab.ts';

/** All of 1.3 except the packages: an image that builds in a second, from programs of the lab. */
const DOCKERFILE = `FROM python:3.11-slim
WORKDIR /app
RUN echo 'etl:x:1000:1000::/app:/bin/sh' >> /etc/passwd
COPY requirements.txt .
RUN echo pip install -r requirements.txt && cat /proc/sys/kernel/random/uuid > /built
COPY src/ src/
COPY etl_pipeline.py .
USER etl
HEALTHCHECK --timeout=5s CMD test -e /tmp/up
CMD ["python3", "etl_pipeline.py"]
`;
const BUILD = 'docker build -q --no-cache -t etl .';
const TEST_MS = 580_000;
const signal = AbortSignal.timeout(TEST_MS);
let outcomes: MemoryOutcomes;
let lab: TestLab;
let subject: Subject;

beforeAll(async () => {
  lab = await startTestLab();
  subject = subjectOfLab(lab.agent, createSourceControl({ url: lab.endpoint.sourceControlUrl, token: lab.spec.sourceToken }));
  await sh(lab, MAKE_MINI.replace('exit 0', 'true'));
  await sh(lab, 'docker tag mini python:3.11-slim');
}, 240_000);
afterAll(() => lab?.end());

async function put(task: string): Promise<void> {
  const dockerfile = new Map([['Dockerfile', { kind: 'file', mode: 0o644, content: Buffer.from(DOCKERFILE) } as const]]);
  await lab.agent.putTree(packProject(overlay(await projectAfter(task), ...(task === '1.2' ? [] : [dockerfile]))));
}

const checker = () => createChecker({ lab: lab.spec.id, subject, journal: new FileJournal(`${lab.instance}/trials`), outcomes });

/** What is not met at these tasks, by a checker that has run no trial. */
async function open(...tasks: string[]): Promise<string[]> {
  const verdicts = await checker().check(tasks, { trials: false, waitMs: 0, signal });
  return verdicts.flatMap((verdict) => (verdict.verdict === 'met' ? [] : [`${verdict.id} ${verdict.diagnosis.code}`]));
}

/** Keeps the outcome that the act had for the solution of this task when it was recorded, as if its trial had just run here. */
async function prove(act: Act<unknown>, task: string): Promise<void> {
  const recorded = readFileSync(join(import.meta.dirname, `../../../lab-stack/facts/${task}/solution.json`), 'utf8');
  const { facts } = z.object({ facts: z.record(z.string(), z.unknown()) }).parse(JSON.parse(recorded));
  const digest = await act.digest(createView(subject, subject.engine.openImages(), signal));
  outcomes.keep(lab.spec.id, `${act.name}@${act.version}`, digest, facts[actQuestion(act)]);
}

test('what a lesson proved holds through the next ones, for a rebuilt image, and when work is put back', { timeout: TEST_MS }, async () => {
  outcomes = new MemoryOutcomes();
  const unproved = ['1.2/loads', '1.2/source', '1.2/again', '1.2/failure'].map((id) => `${id} trial.not-run`);
  await put('1.2');
  expect(await open('1.2')).toEqual(unproved);
  await prove(pipelineAct, '1.2');
  expect(await open('1.2')).toEqual([]);

  await put('1.3');
  await sh(lab, BUILD);
  expect(await open('1.2', '1.3')).toEqual(['1.3/healthcheck-trial trial.not-run']);
  await prove(healthCheckAct, '1.3');
  expect(await open('1.2', '1.3')).toEqual([]);

  const id = await sh(lab, 'docker image inspect -f {{.Id}} etl');
  await sh(lab, 'docker image rm -f etl && docker builder prune -af');
  await sh(lab, `touch src/health.py && ${BUILD}`);
  expect(await sh(lab, 'docker image inspect -f {{.Id}} etl')).not.toBe(id);
  expect(await open('1.2', '1.3')).toEqual([]);

  await sh(lab, `cp -p src/load.py src/health.py /tmp && echo '# autre chose' | tee -a src/load.py >> src/health.py && ${BUILD}`);
  expect(await open('1.2', '1.3')).toEqual([...unproved, '1.3/healthcheck-trial trial.not-run']);
  await sh(lab, `cp /tmp/load.py /tmp/health.py src && ${BUILD}`);
  expect(await open('1.2', '1.3')).toEqual([]);

  await put('1.2');
  expect(await open('1.2')).toEqual([]);
});
