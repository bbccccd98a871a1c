import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../../../../server/checkpoints/definitions.ts';
import { rows } from '../../../../../../server/checkpoints/tasks/1.4/rows.ts';
import type { ContainerFacts } from '../../../../../../server/lab-engine/definitions.ts';
import { ETL, loadedSubject, loadedView, row, USERS } from '../../fakes/loaded-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const code = (finding: Finding) =>
  [finding.verdict === 'met' ? 'met' : finding.diagnosis.code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ');

describe('1.4/rows', () => {
  it.each([
    ['all', { public: USERS.map(({ id }) => row(id)) }, 'met'],
    ['one is missing', { public: [row(1), row(2)] }, 'rows.missing'],
    ['each twice', { public: [1, 1, 2, 2, 3, 3].map(row) }, 'met rows.doubled'],
    ['none', { public: [] }, 'rows.empty'],
    ['no table', {}, 'rows.absent'],
    ['another schema', { etl: [row(1)] }, 'rows.other-schema'],
    ['another database', { 'postgres.public': [row(1)] }, 'rows.other-database'],
    ['other people', { public: [1, 2, 3].map((id) => ({ id, name: 'x', username: 'y', email: 'z' })) }, 'rows.not-from-source'],
  ])('judges a table: %s', async (_, tables, expected) => {
    expect(code(await rows.judge(loadedView({ tables })))).toBe(expected);
  });

  it('waits while the ETL works, and not for ever', async () => {
    let etl: ContainerFacts = { ...ETL, state: 'running', startedMs: Date.now() };
    expect(code(await rows.judge(loadedView({ tables: {}, etl })))).toBe('wait.loading');
    etl = { ...etl, startedMs: Date.now() - 120_000 };
    expect(code(await rows.judge(loadedView({ tables: {}, etl })))).toBe('rows.absent');
  });

  it('names a source that refuses, the exit code that hides it, and the program', async () => {
    const finding = await rows.judge(loadedView({ tables: {}, curl: 'Not Found\n404' }));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.source-refuses', where: { file: 'etl_pipeline.py' } } });
    expect(JSON.stringify(finding)).toMatch(/users_data.*code 0.*404/);
  });

  it('names the file that the image has in an older version', async () => {
    const subject = loadedSubject({ tables: { public: [row(1)] }, files: { 'src/transform.py': 'new = 1\n' } });
    subject.engine.files.set('/app/src/transform.py', 'old = 1\n');
    const finding = await rows.judge(viewOf(subject));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.image-older', where: { file: 'src/transform.py' } } });
  });

  it('says what a base that lets nobody in says', async () => {
    const finding = await rows.judge(loadedView({ tables: {}, refuses: 'psql: error: FATAL: no pg_hba.conf entry' }));
    expect(finding).toMatchObject({ diagnosis: { code: 'rows.refused' } });
  });
});
