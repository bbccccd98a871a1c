import { describe, expect, it } from 'vitest';
import type { Criterion, Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { stats } from '../../../../../../server/checkpoints/tasks/2.3/stats.ts';
import { user } from '../../../../../../server/checkpoints/tasks/2.3/user.ts';
import { users } from '../../../../../../server/checkpoints/tasks/2.3/users.ts';
import { apiView, json, userRow } from '../../fakes/api-subject.ts';

type Given = NonNullable<Parameters<typeof apiView>[0]>;

const ROWS = [1, 2, 3].map((id) => userRow(id));
const [ONE, TWO] = [userRow(1), userRow(2)];
const ALL = { count: 3, data: ROWS };
const CITIES = [
  { city: 'Nice', count: 2 },
  { city: 'Ville 3', count: 1 },
];
const STATS = { total_users: 3, cities: CITIES };
const UNKNOWN = '/users/999003';
const BAD_ID = { status: 422, body: '{"detail":[]}' };
const GOOD_USERS: Given['answers'] = {
  '/users/1': json(ONE),
  '/users/2': json(TWO),
  '/users/abc': BAD_ID,
  '/users/1%20OR%201%3D1': BAD_ID,
};

const said = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');
const judged = async (criterion: Criterion, given: Given) => said(await criterion.judge(apiView(given)));
const older = (row: object) => ({ ...row, name: 'Avant', extracted_at: '2026-01-01T10:00:00+00:00' });

describe('2.3/users', () => {
  it.each<[string, Given, string]>([
    ['as the table', { answers: { '/users': json(ALL) } }, 'met'],
    ['with columns of its own', { answers: { '/users': json({ ...ALL, data: ROWS.map((row) => ({ ...row, age: 3 })) }) } }, 'met'],
    [
      'with times in another form',
      { answers: { '/users': json({ ...ALL, data: ROWS.map((row) => ({ ...row, extracted_at: '2026-01-02 10:00:00.123456Z' })) }) } },
      'met',
    ],
    ['of which some are missing', { answers: { '/users': json({ count: 2, data: [ONE, TWO] }) } }, 'users.rows'],
    ['with a stranger', { answers: { '/users': json({ count: 4, data: [...ROWS, userRow(9)] }) } }, 'users.rows'],
    ['with another value', { answers: { '/users': json({ ...ALL, data: [{ ...ONE, city: 'Lyon' }, TWO, userRow(3)] }) } }, 'users.rows'],
    [
      'with a zip code that lost its zero',
      { answers: { '/users': json({ ...ALL, data: ROWS.map((row) => ({ ...row, zipcode: Number(row.zipcode) })) }) } },
      'users.rows',
    ],
    [
      'without a column',
      { answers: { '/users': json({ ...ALL, data: ROWS.map(({ lat, ...row }) => ({ ...row, latitude: lat })) }) } },
      'users.columns',
    ],
    ['as a list', { answers: { '/users': json(ROWS) } }, 'users.list'],
    ['under other names', { answers: { '/users': json({ total: 3, users: ROWS }) } }, 'users.fields'],
    ['miscounted', { answers: { '/users': json({ ...ALL, count: 100 }) } }, 'users.count'],
    ['as text', { answers: { '/users': json(JSON.stringify(ALL)) } }, 'users.text'],
    ['as text from the cache only', { answers: { '/users': [json(ALL), json(JSON.stringify(ALL))] } }, 'users.text'],
    ['from before the last load', { answers: { '/users': json({ ...ALL, data: ROWS.map(older) }) } }, 'met users.before-load'],
    ['cut off', { answers: { '/users': { body: '{', truncated: true } } }, 'users.too-large'],
    ['an error', { answers: { '/users': { status: 500, body: '{"detail":"x"}' } } }, 'users.error'],
    ['no table', { rows: null }, 'blocked.1.4/rows'],
    ['an empty table', { rows: [] }, 'blocked.1.4/rows'],
    ['no answer', { answers: { '/users': 'closed' } }, 'users.refused'],
  ])('judges an answer: %s', async (_, given, expected) => {
    expect(await judged(users, given)).toBe(expected);
  });

  it('names the cause of an error: the text of the answer, a variable, the log', async () => {
    const refused = { status: 500, body: JSON.stringify({ detail: 'could not translate host name "postgre" to address' }) };
    const told = await users.judge(apiView({ answers: { '/users': refused } }));
    expect(JSON.stringify(told)).toMatch(/users\.error.*postgre/);
    const traced = await users.judge(
      apiView({
        answers: { '/users': { status: 500 } },
        log: 'Traceback (most recent call last):\n  File "/app/main.py", line 3, in f\nZeroDivisionError: division by zero\n',
      }),
    );
    expect(traced).toMatchObject({
      diagnosis: { observed: expect.stringContaining('ZeroDivisionError'), where: { file: 'api/main.py', line: 3 } },
    });
  });

  it('asks for a hundred rows of a longer table', async () => {
    const many = Array.from({ length: 120 }, (_, id) => userRow(id + 1));
    const first = (count: number) => ({ '/users': json({ count, data: many.slice(0, count) }) });
    expect(await judged(users, { rows: many, answers: first(100) })).toBe('met');
    expect(await judged(users, { rows: many, answers: first(50) })).toBe('users.rows');
  });
});

describe('2.3/user', () => {
  it.each<[string, Given['answers'], string]>([
    ['as the table', {}, 'met'],
    ['the first one for all', { '/users/2': json(ONE) }, 'user.same-for-all'],
    ['in a list', { '/users/1': json([ONE]) }, 'user.shape'],
    ['as text', { '/users/1': json(JSON.stringify(ONE)) }, 'user.text'],
    ['without a column', { '/users/1': json({ id: 1, name: 'Nom 1' }) }, 'user.columns'],
    ['with another value', { '/users/1': json({ ...ONE, email: 'x' }) }, 'user.row'],
    ['from before the last load', { '/users/1': json(older(ONE)) }, 'met user.before-load'],
    ['rows through the SQL', { '/users/1%20OR%201%3D1': json(ONE) }, 'user.injection'],
    ['an unknown one is an error', { [UNKNOWN]: { status: 500, body: '{"detail":"404: User not found"}' } }, 'user.unknown'],
    ['an unknown one is empty', { [UNKNOWN]: json({}) }, 'user.unknown'],
    ['a word is an error', { '/users/abc': { status: 500 } }, 'user.not-a-number'],
    ['zero is an error', { '/users/0': { status: 500 } }, 'user.odd-number'],
    ['a huge number is an error', { '/users/99999999999999999999': { status: 500, body: 'integer out of range' } }, 'met user.huge-number'],
    ['an error', { '/users/1': { status: 500 } }, 'user.error'],
    ['a known one is unknown', { '/users/1': { status: 404, body: '{"detail":"User not found"}' } }, 'user.not-found'],
  ])('judges answers: %s', async (_, answers, expected) => {
    expect(await judged(user, { answers: { ...GOOD_USERS, ...answers } })).toBe(expected);
  });

  it('is blocked without a table', async () => {
    expect(await judged(user, { rows: null })).toBe('blocked.1.4/rows');
  });
});

describe('2.3/stats', () => {
  it.each<[string, Given, string]>([
    ['as the table', { answers: { '/stats': json(STATS) } }, 'met'],
    ['cities counted instead of users', { answers: { '/stats': json({ ...STATS, total_users: 2 }) } }, 'stats.total'],
    ['a city twice', { answers: { '/stats': json({ total_users: 3, cities: [{ city: 'Nice', count: 1 }, ...CITIES] }) } }, 'stats.city'],
    [
      'one for each city',
      { answers: { '/stats': json({ total_users: 3, cities: CITIES.map(({ city }) => ({ city, count: 1 })) }) } },
      'stats.city',
    ],
    ['a city is missing', { answers: { '/stats': json({ total_users: 3, cities: CITIES.slice(0, 1) }) } }, 'stats.city'],
    ['a city too many', { answers: { '/stats': json({ total_users: 3, cities: [...CITIES, { city: 'Lyon', count: 4 }] }) } }, 'stats.sum'],
    ['as an object', { answers: { '/stats': json({ total_users: 3, cities: { Nice: 2 } }) } }, 'stats.fields'],
    ['as text', { answers: { '/stats': json(JSON.stringify(STATS)) } }, 'stats.text'],
    ['not there', {}, 'stats.not-found'],
    ['not there in an older image', { older: '/app/main.py' }, 'stats.image-older'],
    ['no table', { rows: null }, 'blocked.1.4/rows'],
  ])('judges an answer: %s', async (_, given, expected) => {
    expect(await judged(stats, given)).toBe(expected);
  });

  it('names what is to be done about an older image', async () => {
    const finding = await stats.judge(apiView({ older: '/app/main.py' }));
    expect(JSON.stringify(finding)).toMatch(/`\/stats` répond 404.*image.*api\/main\.py.*--build/);
  });
});
