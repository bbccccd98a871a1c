import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { docker } from '../labs/test-lab.ts';
import { BAD_COMPOSE, BAD_STACKS, compose, stack, WITH_DATABASE } from './bad-projects.ts';
import { JudgedLab, LAB, notMet, said } from './judged-lab.ts';

const lab = new JudgedLab();
/** Far below the size of the input: 10 to 40 MB. */
const FEW_MB = 150;
const WAIT = { timeout: 120_000, interval: 300 };
/** Everything that a trial could leave behind. */
const LEFT = `
for what in 'ps -aq' 'volume ls -q' 'network ls -q'; do docker $what --filter label=escale.trial; done
docker image ls -q --filter 'reference=escale-trial-*'
ls -d /tmp/escale-trial-* 2>/dev/null`;
const UP = 'docker compose up -d --build --quiet-pull';

beforeAll(() => lab.start(), 600_000);
afterAll(() => lab.server.clean());

describe('a Compose file', () => {
  it.each(BAD_COMPOSE)('that %s is reported', async (_, files, expected) => {
    await lab.put(files);
    let verdict = '';
    const growth = await lab.growth(async () => {
      verdict = said(await lab.look(['1.4']), '1.4/compose');
    });
    expect(verdict).toMatch(expected);
    expect(growth).toBeLessThan(FEW_MB);
  });

  it('blocks all other criteria, with one cause', async () => {
    await lab.put(compose('services:\n\tetl:\n'));
    const verdicts = await lab.look(['1.4', '1.5']);
    expect(said(verdicts, '1.4/compose')).toMatch(/^not-met compose\.tab docker-compose\.yml:2\n/);
    const others = verdicts.filter(({ id }) => id !== '1.4/compose').map(({ id }) => said(verdicts, id).split('\n')[0]);
    expect(new Set(others)).toEqual(new Set(['cannot-tell blocked.1.4/compose docker-compose.yml:2']));
  });
});

describe('a stack', () => {
  it.each(BAD_STACKS)('that %s is judged in time', async (_, files, expected) => {
    await lab.put(files);
    await lab.type(UP);
    expect(said(await lab.look(['1.4'], 60_000), '1.4/up')).toMatch(expected);
  });

  const NOT_BUILT = /^not-met up\.not-started docker-compose\.yml:\d+\n(.*\n)*.*une construction/;

  it.each([
    ['does not end', 'FROM busybox\nRUN exit 7\n', /^not-met image\.(absent|stale) Dockerfile:.*\n(.*\n)*.*ERROR/, NOT_BUILT],
    [
      'copies what is not there',
      'FROM busybox\nCOPY outils/ outils/\n',
      /^not-met image\.copy-missing Dockerfile:2\n.*`outils\/`/,
      /^cannot-tell blocked\.1\.3\/image/,
    ],
    ['begins with what is no text', Buffer.from([0, 255, 254]), /^not-met dockerfile\.unreadable Dockerfile:\n/, NOT_BUILT],
  ])('whose build %s is reported', async (_, Dockerfile, expected, up) => {
    await lab.put({ ...stack('true'), Dockerfile });
    expect(await lab.type(`${UP} || echo nothing built`)).toContain('nothing built');
    const verdicts = await lab.look(['1.3', '1.4']);
    expect(said(verdicts, typeof Dockerfile === 'string' ? '1.3/image' : '1.3/dockerfile')).toMatch(expected);
    expect(said(verdicts, '1.4/up')).toMatch(up);
  });

  it.each([
    ['20 MB of short lines', 'yes une ligne parmi beaucoup | head -c 20000000'],
    ['20 MB in one line', "head -c 20000000 /dev/zero | tr '\\0' a; echo"],
    ['40 MB of long lines', "line=$(head -c 15000 /dev/zero | tr '\\0' b); yes $line | head -c 40000000; echo"],
  ])('that wrote %s before it failed is explained by the last line', async (_, script) => {
    await lab.put(stack(`${script}; echo "ValueError: la fin"; exit 3`));
    await lab.type(`${UP}; docker compose wait etl`);
    let verdict = '';
    const growth = await lab.growth(async () => {
      verdict = said(await lab.look(['1.4'], 30_000), '1.4/up');
    });
    expect(verdict).toMatch(/^not-met etl\.failed .*\n(.*\n)*.*code 3 : ValueError: la fin/);
    expect(growth).toBeLessThan(FEW_MB);
  });
});

describe('a table', () => {
  const psql = 'docker compose exec -T postgres psql -X -q -v ON_ERROR_STOP=1 -U dataeng -d warehouse';
  const filled = `SELECT (u->>'id')::int AS id, u->>'name' AS name, u->>'email' AS email, (u->'address'->>'zipcode') AS zipcode FROM json_array_elements(:'users') u`;
  const fill = (query: string) => `users=$(curl -s http://source.datastream.test/users); echo "${query}" | ${psql} -v users="$users"`;

  beforeAll(async () => {
    await lab.put(stack('true', WITH_DATABASE));
    await lab.type(`${UP}; docker compose wait etl`);
  }, 300_000);

  it.each([
    ['is not there', 'true', /^not-met rows\.absent etl_pipeline\.py:\n(.*\n)*.*`users_data` est absente de la base `warehouse`/],
    ['has what the source gives', fill(`CREATE TABLE users_data AS ${filled}`), /^met$/],
    [
      'has other types',
      fill('ALTER TABLE users_data ALTER zipcode TYPE int USING left(zipcode, 5)::int, ALTER id TYPE text'),
      /^met\nrows\.values .*`zipcode` \(integer\)/,
    ],
    // The empty program is the cause, and 1.2 has named it.
    ['has other columns', `${psql} -c 'ALTER TABLE users_data DROP id, DROP email'`, /^cannot-tell blocked\.1\.2\/[a-z]+ /],
    [
      'is in another schema',
      `${psql} -c 'CREATE SCHEMA etl' -c 'ALTER TABLE users_data SET SCHEMA etl'`,
      /^not-met rows\.other-schema :\n(.*\n)*.*schéma `etl`/,
    ],
    [
      'has no rows',
      `${psql} -c 'ALTER TABLE etl.users_data SET SCHEMA public' -c 'TRUNCATE users_data'`,
      /^not-met rows\.empty etl_pipeline\.py:\n(.*\n)*.*sans aucune ligne/,
    ],
    [
      'is locked',
      `${psql} -c 'BEGIN; LOCK users_data; SELECT pg_sleep(40)' >/dev/null 2>&1 & sleep 1`,
      /^not-met rows\.refused :\n(.*\n)*.*(timeout|lock)/,
    ],
  ])('that %s is reported', async (_, script, expected) => {
    await lab.type(script);
    expect(said(await lab.look(['1.4'], 5000), '1.4/rows')).toMatch(expected);
  });
});

describe('a lab that becomes unavailable', () => {
  const stopped = () => lab.server.labs.stop(LAB);
  const killed = async () => docker.getContainer(await lab.server.container()).remove({ force: true });
  const starting = `  cache:\n    image: busybox\n    command: sleep 900\n    healthcheck: {test: "false", start_period: 15m}\n`;

  it('during a look is reported, and nothing counts against the learner', async () => {
    await lab.put(stack('true', starting));
    await lab.type(UP);
    const before = await lab.look(['1.4']);
    expect(said(before, '1.4/up')).toMatch(/^cannot-tell wait\.starting/);
    const checking = lab.server.labs.check(LAB, ['1.4'], { trials: false, waitMs: 120_000, signal: AbortSignal.timeout(100_000) });
    // One more look takes as long as the first of those that go on.
    await lab.look(['1.4']);
    const [{ criteria }] = await Promise.all([checking, stopped()]);
    expect(notMet(criteria).filter((one) => !notMet(before).includes(one))).toEqual([]);
    expect(said(criteria, '1.4/up')).toMatch(/^cannot-tell unavailable\.(lab|engine) :\n.*ne répond pas/);
    await lab.server.labs.start({ lab: LAB });
    expect(said(await lab.look(['1.4']), '1.4/up')).toMatch(/^not-met up\.(stopped|exited) .*\ncache\n(.*\n)*.*docker compose up -d/);
    await lab.type(UP);
    expect(notMet(await lab.look(['1.4']))).toEqual(notMet(before));
  });

  const sleeping = 'FROM busybox\nHEALTHCHECK --timeout=25s CMD sleep 25; test -e /tmp/up\nCMD ["true"]\n';
  it.each([
    ['is stopped', '1.4', stack('true', WITH_DATABASE), stopped],
    ['is removed', '1.3', { Dockerfile: sleeping }, () => lab.server.labs.remove(LAB)],
    ['is removed behind our back', '1.3', { Dockerfile: sleeping }, killed],
  ])('because it %s during a trial of %s keeps nothing of the trial, and is judged as before', async (_, task, files, go) => {
    const ready = async () => {
      await lab.put(files);
      await lab.type(task === '1.3' ? 'docker build -q .' : 'true');
    };
    await ready();
    const before = notMet(await lab.look([task]));
    const trying = lab.server.labs.check(LAB, [task], { trials: true, waitMs: 0, signal: AbortSignal.timeout(110_000) });
    await vi.waitFor(async () => expect(await lab.type('docker ps -q --filter label=escale.trial')).not.toBe(''), WAIT);
    const [{ criteria }] = await Promise.all([trying, go()]);
    const tried = criteria.filter(({ judge }) => judge === 'trial');
    for (const { id } of tried) expect(said(criteria, id)).toMatch(/^cannot-tell unavailable\.(lab|engine) :\n.*ne répond pas/);
    expect(notMet(criteria)).toEqual(before);
    await vi.waitFor(async () => {
      await lab.server.labs.start({ lab: LAB });
      await lab.type('true');
    }, WAIT);
    if (!(await lab.type('ls')).includes('Dockerfile')) await ready();
    expect(notMet(await lab.look([task]))).toEqual(before);
    expect(await lab.type(LEFT)).toBe('');
    expect(readdirSync(lab.server.folder.trials).filter((name) => name.endsWith('.json'))).toEqual([]);
  });
});
