import { describe, expect, it } from 'vitest';
import type { Criterion, Finding } from '../../../../server/checkpoints/definitions.ts';
import { dependsOn } from '../../../../server/checkpoints/tasks/1.4/depends-on.ts';
import { etlService } from '../../../../server/checkpoints/tasks/1.4/etl-service.ts';
import { mounts } from '../../../../server/checkpoints/tasks/1.4/mounts.ts';
import { postgres } from '../../../../server/checkpoints/tasks/1.4/postgres.ts';
import { postgresHealth } from '../../../../server/checkpoints/tasks/1.4/postgres-health.ts';
import { up } from '../../../../server/checkpoints/tasks/1.4/up.ts';
import { volume } from '../../../../server/checkpoints/tasks/1.4/volume.ts';
import { COMPOSE, composeSubject, containerOf } from './fakes/compose-subject.ts';
import { viewOf } from './fakes/view-of.ts';

const code = (finding: Finding) => (finding.verdict === 'met' ? 'met' : finding.diagnosis.code);
const replace = (before: string | RegExp, after: string) => COMPOSE.replace(before, after);

async function judge(criterion: Criterion, compose: string, files: Record<string, string> = {}) {
  const subject = composeSubject(compose, files);
  return criterion.judge(viewOf(subject));
}

describe('the criteria of the Compose file', () => {
  it.each([
    ['postgres', postgres, 'postgres:15-alpine', 'postgres:16-alpine', 'postgres.other-version', 4],
    ['postgres', postgres, 'postgres:15-alpine', 'postgres', 'postgres.no-version', 4],
    ['postgres', postgres, /postgres:15-alpine/, 'mysql:8', 'postgres.absent', undefined],
    ['postgres', postgres, / {6}POSTGRES_PASSWORD: .*\n/, '', 'postgres.no-password', 5],
    ['health', postgresHealth, / {4}healthcheck:\n.*\n/, '', 'postgres-health.absent', 3],
    ['health', postgresHealth, 'pg_isready -h 127.0.0.1', 'exit 0', 'postgres-health.cannot-fail', 12],
    ['health', postgresHealth, 'pg_isready -h 127.0.0.1', 'pg_isready || true', 'postgres-health.cannot-fail', 12],
    ['health', postgresHealth, 'pg_isready -h 127.0.0.1', 'pgrep postgres', 'postgres-health.other', 12],
    ['volume', volume, 'postgres_data:/var/lib/postgresql/data', 'postgres_data:/var/lib/postgresql', 'volume.wrong-path', 10],
    ['volume', volume, 'postgres_data:/var/lib/postgresql/data', '/var/lib/postgresql/data', 'volume.not-mounted', 24],
    ['volume', volume, / {4}volumes:\n {6}- postgres_data.*\n/, '', 'volume.not-mounted', 22],
    ['volume', volume, 'postgresql/data', 'postgresql/data:ro', 'volume.read-only', 10],
    ['volume', volume, / {4}volumes:\n {6}- postgres_data.*\n/, '    tmpfs: /var/lib/postgresql/data\n', 'volume.tmpfs', 9],
    [
      'volume',
      volume,
      / {4}volumes:\n {6}- postgres_data.*\n/,
      '    tmpfs: [/run, "/var/lib/postgresql/data:size=64m"]\n',
      'volume.tmpfs',
      9,
    ],
    ['etl', etlService, 'build: .', 'image: etl:1.3', 'etl-service.no-build', 14],
    ['etl', etlService, 'build: .', 'build: {context: /elsewhere}', 'etl-service.no-build', 14],
    ['etl', etlService, 'build: .', 'build: .\n    user: root', 'etl-service.root', 15],
    ['etl', etlService, 'build: .', 'build: .\n    user: "0:0"', 'etl-service.root', 15],
    ['etl', etlService, / {4}environment:\n {6}DATABASE.*\n/, '', 'etl-service.no-connection', 13],
    ['depends', dependsOn, /depends_on:\n[^v]*condition: service_healthy/, 'depends_on: [postgres]', 'depends-on.no-condition', 20],
    ['depends', dependsOn, 'service_healthy', 'service_completed_successfully', 'depends-on.completed', 22],
    ['depends', dependsOn, / {4}depends_on:\n.*\n.*\n/, '', 'depends-on.absent', 13],
    ['mounts', mounts, './logs:/app/logs', './logs:/app/log', 'mounts.logs-elsewhere', 18],
    ['mounts', mounts, './logs:/app/logs', './log:/app/logs', 'mounts.logs-other-folder', 18],
    ['mounts', mounts, './logs:/app/logs', './logs:/app/logs:ro', 'mounts.read-only', 18],
    ['mounts', mounts, './logs:/app/logs', 'postgres_data:/app/logs', 'mounts.logs-volume', 18],
    ['mounts', mounts, '      - ./logs:/app/logs\n', '', 'mounts.no-logs', 17],
    ['mounts', mounts, '      - ./data:/app/data\n', '', 'mounts.no-data', 17],
  ])('%s: one mistake, its code and its line', async (_, criterion, before, after, expected, line) => {
    const finding = await judge(criterion, replace(before, after));
    expect(code(finding)).toBe(expected);
    expect(finding.verdict === 'met' ? null : finding.diagnosis.where.line).toBe(line);
  });

  it.each([
    ['as the lesson has it', COMPOSE],
    ['other names', COMPOSE.replaceAll('postgres:\n', 'db:\n').replaceAll('@postgres:', '@db:').replace('etl:', 'pipeline:')],
    ['another registry and tag', replace('postgres:15-alpine', 'docker.io/library/postgres:15.8-bookworm')],
    [
      'a folder of data inside the volume',
      replace('POSTGRES_DB: warehouse', 'POSTGRES_DB: warehouse\n      PGDATA: /var/lib/postgresql/data/pgdata'),
    ],
    ['a bind for the data of the base', replace('postgres_data:/var', './pgdata:/var')],
    ['a secret', replace(/POSTGRES_PASSWORD: .*/, 'POSTGRES_PASSWORD_FILE: /run/secrets/db')],
    ['the whole project mounted', replace(/ {6}- .\/logs.*\n {6}- .\/data.*\n/, '      - ./:/app\n')],
    ['folders of data one by one', replace('./data:/app/data', './data/raw:/app/data/raw')],
    [
      'logs where a variable says',
      replace('./logs:/app/logs', './logs:/var/log/etl').replace('DATABASE_URL', 'LOG_DIR: /var/log/etl\n      DATABASE_URL'),
    ],
    ['a check by psql', replace('pg_isready -h 127.0.0.1', 'psql -U dataeng -d warehouse -c "SELECT 1"')],
  ])('accepts %s', async (_, compose) => {
    for (const criterion of [postgres, postgresHealth, volume, etlService, dependsOn, mounts]) {
      expect(code(await judge(criterion, compose)), criterion.id).toBe('met');
    }
  });

  it('remarks on a secret in clear, in its line', async () => {
    const finding = await judge(postgres, replace(/\$\{POSTGRES_PASSWORD\}/, 'Maree-Basse'));
    expect(finding.remarks).toMatchObject([{ code: 'compose.clear-secret', where: { line: 7 } }]);
  });
});

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
});
