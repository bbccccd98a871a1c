import { describe, expect, it } from 'vitest';
import { agrees, normaliseOutput } from '../../../../../server/checkpoints/lesson-test/normalise-output.ts';

describe('normaliseOutput', () => {
  it.each([
    ['2026-11-24 09:39:50,320 INFO etl: extraction : 10 utilisateurs', '<time> INFO etl: extraction : 10 utilisateurs'],
    ['2026-11-24T09:39:50.320Z ready', '<time> ready'],
    ['etl  1.3  3cfff29ba6e2  6 seconds ago  314MB', 'etl 1.3 <id> <duration> <size>'],
    ['Up About a minute (healthy)', 'Up <duration> (healthy)'],
    ['Up Less than a second (health: starting)', 'Up <duration> (health: starting)'],
    ['db  Exited (0) 2 hours ago', 'db Exited (0) <duration>'],
    ['ea3b48346771   python   "python -c"   Exited (0)   distracted_snyder', '<id> python "python -c" Exited (0) <name>'],
    ['10 lignes dans users_data', '10 lignes dans users_data'],
    ['real\t0m31.402s', 'real <duration>'],
    ['base  0.03%  37.4MiB / 23.5GiB', 'base <percent> <size> / <size>'],
    ['"172.18.0.2" port 5432', '"<address>" port 5432'],
    ['server at "127.0.0.1"', 'server at "127.0.0.1"'],
    ['PostgreSQL 15.20 (Debian 15.20-1) on x86_64', 'PostgreSQL <version>'],
    ['\u001b[32mvert\u001b[0m', 'vert'],
    ['  id | name   ', 'id | name'],
    ['----+-----------', '---+---'],
    ['10 lignes, 10 colonnes', '10 lignes, 10 colonnes'],
    ['43.7009', '43.7009'],
  ])('%s', (line, expected) => {
    expect(normaliseOutput(line)).toBe(expected);
  });
});

describe('agrees', () => {
  it('forgets how Compose tells of its progress', () => {
    expect(agrees('172.18.0.2', ' Container projet-postgres-1  Running\n172.20.0.3\netl-1 exited with code 0\n')).toBe(true);
  });

  it('forgets times, widths and empty lines', () => {
    expect(agrees('NAME     STATUS\netl   Up 5 seconds', 'NAME STATUS\r\n\r\netl Up 2 minutes\r\n')).toBe(true);
  });

  it('does not forget a value', () => {
    expect(agrees('count\n10', 'count\n20')).toBe(false);
  });

  it('takes … alone on a line for any lines, and nothing else for them', () => {
    expect(agrees('first\n…\nlast', 'first\nsecond\nthird\nlast')).toBe(true);
    expect(agrees('first\n…', 'first\nsecond')).toBe(true);
    expect(agrees('first\n…\nlast', 'first\nlast\nmore')).toBe(false);
    expect(agrees('COPY src… # x', 'COPY src/ # x')).toBe(false);
  });

  it('takes signs for themselves', () => {
    expect(agrees('(1 row)', '(1 row)')).toBe(true);
    expect(agrees('a.c', 'abc')).toBe(false);
  });
});
