import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { up } from '../../../../../../server/checkpoints/tasks/1.4/up.ts';
import { COMPOSE, composeSubject, containerOf, FOLDER } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const code = (finding: Finding) => (finding.verdict === 'met' ? 'met' : finding.diagnosis.code);

describe('up', () => {
  const healthy = containerOf('postgres', { health: { status: 'healthy', lastOutput: '' } });
  const done = containerOf('etl', { state: 'exited' });

  it.each([
    ['nothing was started', [], 'up.not-started'],
    ['the ETL was never made', [healthy], 'up.service-absent'],
    ['all is well', [healthy, done], 'met'],
    [
      'a container of docker compose run',
      [
        healthy,
        done,
        containerOf('etl', { state: 'exited', exitCode: 1, labels: { ...done.labels, 'com.docker.compose.oneoff': 'True' } }),
      ],
      'met',
    ],
    ['a loop', [healthy, containerOf('etl')], 'met'],
    ['the base starts', [containerOf('postgres', { health: { status: 'starting', lastOutput: '' } }), done], 'wait.starting'],
    ['the base was stopped', [containerOf('postgres', { state: 'exited' }), done], 'up.stopped'],
    ['the base fails', [containerOf('postgres', { state: 'exited', exitCode: 1 }), done], 'up.exited'],
    [
      'the base is never healthy',
      [containerOf('postgres', { health: { status: 'unhealthy', lastOutput: 'no response' } }), done],
      'up.database-unhealthy',
    ],
    [
      'a port is taken',
      [containerOf('postgres', { state: 'created', error: 'Bind for 0.0.0.0:5432 failed: port is already allocated' }), done],
      'up.port-taken',
    ],
    [
      'the engine cannot',
      [healthy, containerOf('etl', { state: 'created', error: 'exec: "pyton": executable file not found' })],
      'up.cannot-start',
    ],
    ['the ETL waits for ever', [healthy, containerOf('etl', { state: 'created' })], 'up.never-started'],
    ['the ETL is about to start', [healthy, containerOf('etl', { state: 'created', createdMs: Date.now() })], 'wait.starting'],
    ['the ETL restarts for ever', [healthy, containerOf('etl', { state: 'restarting', restarts: 4, exitCode: 1 })], 'etl.failed'],
    ['the ETL failed', [healthy, containerOf('etl', { state: 'exited', exitCode: 1 })], 'etl.failed'],
  ])('%s', async (_, containers, expected) => {
    const subject = composeSubject();
    subject.engine.running.push(...containers);
    const finding = await up.judge(viewOf(subject));
    expect(code(finding)).toBe(expected);
  });

  it.each([
    ['the line of its traceback', '  File "/app/src/load.py", line 7, in run\nValueError: boum', { file: 'src/load.py', line: 7 }],
    ['its service, where there is none', 'boum', { file: 'docker-compose.yml', line: 13 }],
  ])('places a failure of the ETL: %s', async (_, log, where) => {
    const subject = composeSubject(COMPOSE, { 'src/load.py': '' });
    subject.engine.running.push(healthy, containerOf('etl', { state: 'exited', exitCode: 1 }));
    subject.engine.log = `Traceback (most recent call last):\n${log}\n`;
    const finding = await up.judge(viewOf(subject));
    expect(finding).toMatchObject({ verdict: 'not-met', diagnosis: { code: 'etl.failed', where: { ...where, service: 'etl' } } });
  });

  it('says of a container that its engine’s end cut short how to start it again', async () => {
    const subject = composeSubject();
    subject.engine.running.push(containerOf('postgres', { state: 'exited', exitCode: 255 }), done);
    const finding = await up.judge(viewOf(subject));
    expect(finding).toMatchObject({ diagnosis: { code: 'up.exited', look: expect.stringContaining('`docker compose up -d` le relance') } });
  });

  const pgadmin = (ports: string) => `  pgadmin:\n    image: dpage/pgadmin4\n    ports: [${ports}]\nvolumes:`;
  const PUBLISHED = '{target: 80, published: "5050"}';

  it.each([
    ['capitals in an image’s name', COMPOSE.replace('build: .', 'build: .\n    image: ETL'), 'up.image-name', 15, 'minuscules'],
    ['capitals in its path', COMPOSE.replace('postgres:15-alpine', 'registry.example:5000/Postgres:15'), 'up.image-name', 4, 'minuscules'],
    [
      'a mount and a tmpfs',
      COMPOSE.replace('build: .', 'build: .\n    tmpfs: [/run, "/app/logs:size=1m"]'),
      'up.mounted-twice',
      15,
      '/app/logs',
    ],
    [
      'one port twice',
      COMPOSE.replace('volumes:\n  postgres_data:\n', `${pgadmin('{target: 80, published: "5432"}')}\n  postgres_data:\n`).replace(
        '    image: postgres',
        '    ports: [{target: 5432, published: "5432"}]\n    image: postgres',
      ),
      'up.port-shared',
      26,
      '`postgres` et `pgadmin`',
    ],
    [
      'an external volume',
      COMPOSE.replace(/postgres_data:\n$/, 'postgres_data: {external: true}\n'),
      'up.external-volume',
      24,
      'docker volume create',
    ],
    [
      'an external network',
      `${COMPOSE}networks:\n  shop: {external: true, name: la-boutique}\n`.replace('build: .', 'build: .\n    networks: {shop: null}'),
      'up.external-network',
      27,
      'docker network create la-boutique',
    ],
  ])('says what up refuses, whatever runs: %s', async (_, compose, expected, line, said) => {
    const subject = composeSubject(compose);
    subject.engine.running.push(healthy, done);
    const finding = await up.judge(viewOf(subject));
    expect(finding).toMatchObject({ verdict: 'not-met', diagnosis: { code: expected, where: { line } } });
    expect(JSON.stringify(finding)).toContain(said);
  });

  it.each([
    ['its port is taken', { state: 'created', error: 'Bind for 0.0.0.0:5050 failed: port is already allocated' }, '', 'up.port-taken'],
    ['the engine cannot start it', { state: 'created', error: 'exec: "x": executable file not found' }, '', 'up.cannot-start'],
    ['it was never started', { state: 'created' }, '', 'up.never-started'],
    ['its program stops', { state: 'exited', exitCode: 1 }, "'a@b.local' does not appear to be a valid email address", 'met'],
    ['it runs', {}, '', 'met'],
  ] as const)('asks of an optional service that it was started: %s', async (_, over, log, expected) => {
    const compose = COMPOSE.replace(/volumes:\n {2}postgres_data:\n$/, `${pgadmin(PUBLISHED)}\n  postgres_data:\n`);
    const subject = composeSubject(compose);
    subject.engine.log = log;
    subject.engine.running.push(healthy, done, containerOf('pgadmin', over));
    const finding = await up.judge(viewOf(subject));
    expect(code(finding)).toBe(expected);
    if (log) expect(finding.remarks).toMatchObject([{ code: 'up.pgadmin-email', text: expect.stringContaining('PGADMIN_DEFAULT_EMAIL') }]);
  });

  it('leaves an API that stopped to its own criterion', async () => {
    const api = { 'api/Dockerfile': 'FROM python:3.11-slim\n' };
    const subject = composeSubject(
      COMPOSE.replace('  etl:', `  api:\n    build: { context: ${FOLDER}/api, dockerfile: Dockerfile }\n  etl:`),
      api,
    );
    subject.engine.running.push(healthy, done, containerOf('api', { state: 'exited', exitCode: 1 }));
    expect(code(await up.judge(viewOf(subject)))).toBe('met');
  });
});
