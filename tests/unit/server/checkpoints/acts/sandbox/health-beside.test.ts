import { expect, it } from 'vitest';
import { besideDocument, toldBy } from '../../../../../../server/checkpoints/acts/sandbox/health-beside.ts';
import { ownDocument } from '../../../../../../server/checkpoints/acts/sandbox/own-document.ts';
import { solutionImage } from '../../fakes/solution-subject.ts';

const no = (stderr: string, code = 1) => ({ code, timedOut: false, stdout: '', stderr });

it.each([
  ['fails', [{ asked: no(''), pipeline: 0 }]],
  [
    'fails',
    [
      { asked: no('jamais'), pipeline: 1 },
      { asked: null, pipeline: 0 },
    ],
  ],
  ['fails', [{ asked: no('non', 3), pipeline: null }]],
  ['untold', [{ asked: null, pipeline: 0 }]],
  ['untold', [{ asked: no('entrepôt injoignable : OperationalError'), pipeline: 1 }]],
  ['untold', [{ asked: no("KeyError: 'WAREHOUSE_URL'"), pipeline: 0 }]],
  ['untold', []],
])('says « %s » of %j', (state, runs) => {
  expect(toldBy(runs).state).toBe(state);
});

it('runs the image as it is, with the variables of the learner’s own model and an address of the trial', () => {
  const login = { user: 'a', password: 'b', database: 'c' };
  const document = ownDocument({ trial: 'x', project: 'escale-trial-x-own', folder: '/p', build: { context: '/o' }, kept: [], login });
  const plan = { project: 'escale-trial-x-own', etl: 'etl', database: 'postgres', beside: [], restarts: false, document };
  const theirs = { services: { job: { environment: { WAREHOUSE: 'entrepot', DB_HOST: 'ailleurs' } }, entrepot: {} } };
  const learners = { ...plan, etl: 'job', database: 'entrepot', document: theirs };
  const { services } = besideDocument({ own: plan, learners }, solutionImage(), 'http://source/trial/x');
  expect(services.etl).toMatchObject({ image: 'sha256:aaaaaaaaaaaa', pull_policy: 'never', healthcheck: { disable: true } });
  expect(services.etl?.environment).toMatchObject({ WAREHOUSE: 'entrepot', DB_HOST: 'postgres', SOURCE_API_URL: 'http://source/trial/x' });
  for (const key of ['command', 'entrypoint', 'user', 'volumes', 'build']) expect(services.etl).not.toHaveProperty(key);
  expect(services.postgres?.networks?.default).toMatchObject({ aliases: expect.arrayContaining(['entrepot', 'db']) });
});
