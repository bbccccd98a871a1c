import { describe, expect, it } from 'vitest';
import type { Criterion, Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { dependsOn } from '../../../../../../server/checkpoints/tasks/1.4/depends-on.ts';
import { etlService } from '../../../../../../server/checkpoints/tasks/1.4/etl-service.ts';
import { mounts } from '../../../../../../server/checkpoints/tasks/1.4/mounts.ts';
import { postgres } from '../../../../../../server/checkpoints/tasks/1.4/postgres.ts';
import { postgresHealth } from '../../../../../../server/checkpoints/tasks/1.4/postgres-health.ts';
import { volume } from '../../../../../../server/checkpoints/tasks/1.4/volume.ts';
import { COMPOSE, composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

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
    ['etl', etlService, 'build: .', 'build: .\n    user: ":"', 'etl-service.root', 15],
    ['etl', etlService, 'build: .', 'build: .\n    user: ":1000"', 'etl-service.root', 15],
    ['postgres', postgres, 'image: postgres', 'ports: [{target: 5433, published: "5432"}]\n    image: postgres', 'postgres.dead-port', 4],
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
    ['another published port', replace('image: postgres', 'ports: [{target: 5432, published: "5433"}]\n    image: postgres')],
    [
      'a port for every interface',
      replace('image: postgres', 'ports: [{target: 5432, published: "5432", host_ip: 0.0.0.0}]\n    image: postgres'),
    ],
    ['no published port', replace('image: postgres', 'ports: [{target: 9187}]\n    image: postgres')],
    ['the account of the image by an empty text', replace('build: .', 'build: .\n    user: ""')],
    ['the account of the machine', replace('build: .', 'build: .\n    user: "1000:1000"')],
    ['a check by psql', replace('pg_isready -h 127.0.0.1', 'psql -U dataeng -d warehouse -c "SELECT 1"')],
  ])('accepts %s', async (_, compose) => {
    for (const criterion of [postgres, postgresHealth, volume, etlService, dependsOn, mounts]) {
      expect(code(await judge(criterion, compose)), criterion.id).toBe('met');
    }
  });

  it('names the variables that leave the account empty', async () => {
    const compose = replace('build: .', 'build: .\n    user: ":"');
    const written = compose.replace('user: ":"', `user: "\${UID}:\${GID}"`);
    const subject = composeSubject(compose, { 'docker-compose.yml': written });
    expect(await etlService.judge(viewOf(subject))).toMatchObject({
      diagnosis: { code: 'etl-service.root', observed: expect.stringContaining('`UID` et `GID` n’ont pas de valeur'), where: { line: 15 } },
    });
  });

  it('remarks on the account that a health check asks for in vain', async () => {
    const finding = await judge(postgresHealth, COMPOSE);
    expect(finding.remarks).toMatchObject([{ code: 'postgres-health.role', text: expect.stringContaining('-U dataeng') }]);
  });

  it('remarks on a secret in clear, in its line', async () => {
    const finding = await judge(postgres, replace(/\$\{POSTGRES_PASSWORD\}/, 'Maree-Basse'));
    expect(finding.remarks).toMatchObject([{ code: 'compose.clear-secret', where: { line: 7 } }]);
  });
});
