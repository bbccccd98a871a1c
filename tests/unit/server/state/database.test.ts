import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../contract/verdict.ts';
import { openDatabase } from '../../../../server/state/database.ts';
import { LabStore } from '../../../../server/state/lab-store.ts';
import { MIGRATIONS } from '../../../../server/state/migrations.ts';
import { ProgressStore } from '../../../../server/state/progress-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'escale-db-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const met: Verdict = {
  id: '1.3/non-root',
  task: '1.3',
  row: 'security',
  points: 2,
  judge: 'program',
  title: 'Processus sans privilège',
  remarks: [],
  evidence: [],
  verdict: 'met',
};

describe('the database', () => {
  it('keeps labs and their tokens when reopened, readable by its owner only', () => {
    const path = join(dir, 'escale.db');
    const first = openDatabase(path);
    const made = new LabStore(first).ensure('solo');
    new LabStore(first).want('solo', 'running');
    first.close();
    const second = openDatabase(path);
    const found = new LabStore(second).find('solo');
    second.close();
    expect(found).toEqual({ ...made, wanted: 'running' });
    expect(Buffer.from(made.agentToken, 'base64url')).toHaveLength(32);
    expect(made.agentToken).not.toBe(made.sourceToken);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('refuses a later version of the schema, and says what to do', () => {
    const path = join(dir, 'escale.db');
    const database = openDatabase(path);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(() => openDatabase(path)).toThrowError(
      expect.objectContaining({ code: 'state.too-new', hint: expect.stringContaining('Mettez Escale à jour') }),
    );
  });
});

describe('progress', () => {
  it('keeps the first time a criterion was met, and is removed with its lab', () => {
    const database = openDatabase(':memory:');
    const labs = new LabStore(database);
    const progress = new ProgressStore(database);
    labs.ensure('solo');
    progress.record('solo', [met], '2026-01-01T00:00:00.000Z');
    progress.record('solo', [met], '2026-02-02T00:00:00.000Z');
    progress.record('gone', [met], '2026-02-02T00:00:00.000Z');
    expect(progress.of('solo')).toEqual([
      {
        criterion: '1.3/non-root',
        firstMetAt: '2026-01-01T00:00:00.000Z',
        last: { verdict: 'met', at: '2026-02-02T00:00:00.000Z' },
      },
    ]);
    expect(progress.of('gone')).toEqual([]);
    labs.remove('solo');
    expect(progress.of('solo')).toEqual([]);
    database.close();
  });

  it('returns the verdict of the last look, and ignores a look at an unavailable lab', () => {
    const database = openDatabase(':memory:');
    new LabStore(database).ensure('solo');
    const progress = new ProgressStore(database);
    const diagnosis = { code: 'user.root', expected: '', observed: '', where: {}, look: '' };
    const last = (): unknown => progress.of('solo').map((achievement) => achievement.last);
    progress.record('solo', [{ ...met, verdict: 'not-met', diagnosis }], '2026-01-01T00:00:00.000Z');
    expect(progress.of('solo')).toEqual([]);
    progress.record('solo', [met], '2026-01-02T00:00:00.000Z');
    progress.record('solo', [{ ...met, verdict: 'not-met', diagnosis }], '2026-01-03T00:00:00.000Z');
    expect(last()).toEqual([{ verdict: 'not-met', at: '2026-01-03T00:00:00.000Z' }]);
    const away = { ...diagnosis, code: 'unavailable.engine' };
    progress.record('solo', [{ ...met, verdict: 'cannot-tell', diagnosis: away }], '2026-01-04T00:00:00.000Z');
    expect(last()).toEqual([{ verdict: 'not-met', at: '2026-01-03T00:00:00.000Z' }]);
    database.close();
  });

  it('from a state folder older than recorded looks is still returned', () => {
    const path = join(dir, 'escale.db');
    const old = new DatabaseSync(path);
    old.exec(`${MIGRATIONS[0]}; PRAGMA user_version = 1;
      INSERT INTO labs VALUES ('solo', 'a', 's', 'running', 1, '2026-01-01');
      INSERT INTO progress VALUES ('solo', '1.3/image', 1, '2026-01-02')`);
    old.close();
    const database = openDatabase(path);
    expect(new ProgressStore(database).of('solo')).toEqual([
      { criterion: '1.3/image', firstMetAt: '2026-01-02', last: { verdict: 'met', at: '2026-01-02' } },
    ]);
    database.close();
  });
});
