import { beforeEach, describe, expect, it } from 'vitest';
import { verdictSchema } from '../../../../contract/verdict.ts';
import { createChecker } from '../../../../server/checkpoints/checker.ts';
import type { Checker } from '../../../../server/checkpoints/definitions.ts';
import { NotRead } from '../../../../server/checkpoints/reading.ts';
import { MemoryOutcomes } from '../../../../server/checkpoints/trials/memory-outcomes.ts';
import { MemoryJournal } from './fakes/memory-journal.ts';
import { solutionSubject } from './fakes/solution-subject.ts';

const signal = new AbortController().signal;
let subject: Awaited<ReturnType<typeof solutionSubject>>;
let journal: MemoryJournal;
let checker: Checker;

beforeEach(async () => {
  subject = await solutionSubject();
  journal = new MemoryJournal();
  checker = createChecker({ lab: 'l', subject, journal });
});

const look = (trials = false) => checker.check(['1.3'], { trials, waitMs: 0, signal });
const codes = async (trials = false) => (await look(trials)).map((verdict) => (verdict.verdict === 'met' ? 'met' : verdict.diagnosis.code));

describe('the checker', () => {
  it('meets every criterion of the solution, the trial once it was run', async () => {
    expect(new Set(await codes(true))).toEqual(new Set(['met']));
    for (const verdict of await look()) expect(verdictSchema.safeParse(verdict).success, verdict.id).toBe(true);
  });

  it('runs a trial only when asked, under a plan, and keeps its outcome for the same image', async () => {
    expect((await codes()).at(-1)).toBe('trial.not-run');
    expect(journal.begun).toEqual([]);
    expect(await checker.tryOne('1.3/healthcheck-trial', signal)).toMatchObject({ verdict: 'met' });
    expect(journal.begun.map(({ act }) => act)).toEqual(['health']);
    expect(journal.plans).toEqual([]);
    expect(subject.engine.removed).toEqual([journal.begun[0]?.id]);
    expect((await codes()).at(-1)).toBe('met');
    const image = subject.engine.all[0];
    if (image) subject.engine.all[0] = { ...image, id: 'sha256:bbbb', tags: ['projet-etl:latest'], createdMs: image.createdMs + 1 };
    expect((await codes()).at(-1)).toBe('met');
    subject.engine.files.set('/app/src/health.py', 'raise SystemExit(0)');
    expect((await codes()).at(-1)).toBe('trial.not-run');
  });

  it('keeps an outcome for each state of the work, and beyond this process', async () => {
    const outcomes = new MemoryOutcomes();
    const again = () => createChecker({ lab: 'l', subject, journal, outcomes });
    const last = async () => (await again().check(['1.3'], { trials: false, waitMs: 0, signal })).at(-1);
    const health = subject.engine.files.get('/app/src/health.py') ?? '';
    await again().tryOne('1.3/healthcheck-trial', signal);
    expect(await last()).toMatchObject({ verdict: 'met' });
    subject.engine.files.set('/app/src/health.py', 'raise SystemExit(0)');
    subject.engine.answer = { code: 0, timedOut: false, output: '' };
    expect(await again().tryOne('1.3/healthcheck-trial', signal)).toMatchObject({ diagnosis: { code: 'health.never-fails' } });
    expect(await last()).toMatchObject({ diagnosis: { code: 'health.never-fails' } });
    subject.engine.files.set('/app/src/health.py', health);
    expect(await last()).toMatchObject({ verdict: 'met' });
    const other = createChecker({ lab: 'm', subject, journal, outcomes });
    expect((await other.check(['1.3'], { trials: false, waitMs: 0, signal })).at(-1)).toMatchObject({
      diagnosis: { code: 'trial.not-run' },
    });
  });

  it('names the act of a criterion, and tells what its trial is at', async () => {
    expect((await look()).map(({ act }) => act).filter(Boolean)).toEqual(['health']);
    const told: unknown[] = [];
    await checker.tryOne('1.3/healthcheck-trial', signal, (progress) => told.push(progress));
    const steps = [
      'L’essai attend son tour',
      'Le bilan de santé tourne dans un conteneur sans réseau',
      'L’essai retire tout ce qu’il a créé',
    ];
    expect(told).toEqual(steps.map((step) => ({ act: 'health', criteria: ['1.3/healthcheck-trial'], step, usualMs: 30_000 })));
  });

  it('undoes what a killed process left before it acts', async () => {
    journal.left = [{ id: 'old', lab: 'l', act: 'health', startedAt: '' }];
    await look(true);
    expect(subject.engine.removed[0]).toBe('old');
    expect(journal.left).toEqual([]);
  });

  it('gives an empty project no point, and one cause', async () => {
    subject.files.clear();
    subject.engine.all.length = 0;
    expect(await codes(true)).toEqual(['dockerfile.absent', ...Array(9).fill('blocked.1.3/dockerfile')]);
  });

  it('gives an unparsable Dockerfile one cause, with its line', async () => {
    subject.files.set('Dockerfile', 'FROM python:3.11-slim\nRUNN x\n');
    const verdicts = await look(true);
    expect(verdicts[0]).toMatchObject({ verdict: 'not-met', diagnosis: { code: 'dockerfile.unknown-instruction', where: { line: 2 } } });
    expect(new Set(verdicts.slice(1).map((verdict) => verdict.verdict))).toEqual(new Set(['cannot-tell']));
  });

  it('tells a Dockerfile that cannot be read from one that is not there', async () => {
    subject.files.set('Dockerfile', `FROM python:3.11-slim\n# ${'x'.repeat(200_000)}\n`);
    expect((await codes())[0]).toBe('dockerfile.unreadable');
  });

  it('names what a Dockerfile copies and the project lacks, when no image is built from it', async () => {
    const dockerfile = subject.files.get('Dockerfile') ?? '';
    subject.files.set('Dockerfile', dockerfile.replace('COPY src/ src/', 'COPY sources/ src/'));
    subject.engine.all.length = 0;
    const image = (await look()).find(({ id }) => id === '1.3/image');
    expect(image).toMatchObject({ verdict: 'not-met', diagnosis: { code: 'image.copy-missing', where: { file: 'Dockerfile' } } });
  });

  it('leaves a missing file of the tree to the criterion that asks for it', async () => {
    subject.files.delete('etl_pipeline.py');
    subject.engine.all.length = 0;
    const image = (await look()).find(({ id }) => id === '1.3/image');
    expect(image).toMatchObject({ verdict: 'cannot-tell', diagnosis: { code: 'blocked.1.1/files' } });
  });

  it('reads a file named dockerfile, which Docker finds too, and says so', async () => {
    subject.files.set('dockerfile', subject.files.get('Dockerfile') ?? '');
    subject.files.delete('Dockerfile');
    const verdicts = await look(true);
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['met']));
    expect(verdicts[0]?.remarks).toMatchObject([{ code: 'dockerfile.lower-case', where: { file: 'dockerfile' } }]);
    subject.files.set('dockerfile', `${subject.files.get('dockerfile')}USER root\n`);
    const stale = (await look()).find(({ id }) => id === '1.3/image');
    expect(stale).toMatchObject({ diagnosis: { code: 'image.stale', where: { file: 'dockerfile' } } });
  });

  it.each([
    [['/home/dataeng/p/src'], '`src/`'],
    [['/home/dataeng/p/src/deep', '/home/dataeng'], '`src/deep/`'],
    [['/home/dataeng/p', '/home/dataeng/p/src'], null],
    [['/home/dataeng/program'], null],
    [[], null],
  ])('sends a terminal below the root to the root, when no image is built: %o', async (terminals, named) => {
    subject.engine.all.length = 0;
    subject.project.terminals = async () => terminals;
    subject.project.run = async () => ({ code: 0, timedOut: false, stdout: '/home/dataeng/p\n', stderr: '' });
    const image = (await look()).find(({ id }) => id === '1.3/image');
    expect(image).toMatchObject({ verdict: 'not-met', diagnosis: { code: 'image.absent' } });
    const { observed, look: way } = (image?.verdict === 'not-met' && image.diagnosis) || { observed: '', look: '' };
    if (named === null) expect(observed).not.toContain('terminal');
    else expect(observed).toContain(named);
    expect(way.includes('cd ~/docker-etl-project')).toBe(named !== null);
  });

  it('names a project folder that is gone, once, and where the terminal is', async () => {
    subject.files.clear();
    subject.project.entries = async () => [];
    subject.project.run = async () => {
      throw new NotRead('absent', 'project', 'votre terminal est dans `/home/dataeng`');
    };
    const verdicts = await checker.check(['1.1', '1.2'], { trials: false, waitMs: 0, signal });
    const told = verdicts.map((verdict) => (verdict.verdict === 'met' ? 'met' : verdict.diagnosis));
    expect(told.find((one) => one !== 'met' && one.code === 'project.gone')).toMatchObject({
      observed: expect.stringContaining('votre terminal est dans `/home/dataeng`'),
      look: expect.stringContaining('mkdir -p ~/docker-etl-project && cd ~/docker-etl-project'),
    });
    const codes = new Set(told.map((one) => (one === 'met' ? one : one.code)));
    expect([...codes].filter((code) => code.startsWith('unavailable'))).toEqual([]);
    expect(codes).toContain('blocked.1.1/folders');
  });

  it('never takes an engine that is down for a mistake', async () => {
    subject.engine.down = true;
    const verdicts = await look(true);
    const told = verdicts.map((verdict) => (verdict.verdict === 'met' ? 'met' : verdict.diagnosis.code));
    expect(told.slice(0, 3)).toEqual(['met', 'met', 'met']);
    expect(new Set(told.slice(3))).toEqual(new Set(['unavailable.engine']));
    expect(verdicts.some(({ verdict }) => verdict === 'not-met')).toBe(false);
  });

  it('reads the engine once a look, and never looks twice at once', async () => {
    await Promise.all([look(), look()]);
    expect(subject.engine.looks).toBe(2);
  });

  it('refuses tasks and criteria that do not exist', async () => {
    await expect(checker.check(['9.9'], { trials: false, waitMs: 0, signal })).rejects.toMatchObject({ kind: 'usage' });
    await expect(checker.tryOne('1.3/nothing', signal)).rejects.toMatchObject({ kind: 'usage' });
  });

  it('judges nothing for a task without criteria', async () => {
    expect(await checker.check(['5.3'], { trials: false, waitMs: 0, signal })).toEqual([]);
  });

  it('shows no secret, wherever it stands', async () => {
    const secret = 'Vent-De@Noroit/12';
    subject.files.set('.env', `POSTGRES_PASSWORD=${secret}\n`);
    subject.files.set(
      'Dockerfile',
      `${subject.files.get('Dockerfile')}\nENV DATABASE_URL=postgresql://dataeng:${encodeURIComponent(secret)}@postgres/x API_TOKEN=${secret}\n`,
    );
    const image = subject.engine.all[0];
    if (image)
      subject.engine.all[0] = {
        ...image,
        env: [...image.env, `DATABASE_URL=postgresql://dataeng:${encodeURIComponent(secret)}@postgres/x`, `API_TOKEN=${secret}`],
        history: [...image.history, { createdBy: 'ENV DATABASE_URL=x API_TOKEN=y', sizeBytes: 0 }],
      };
    const verdicts = await look(true);
    expect(verdicts.find(({ id }) => id === '1.3/no-secret')).toMatchObject({ verdict: 'not-met', diagnosis: { code: 'secret.env' } });
    const text = JSON.stringify(verdicts);
    expect(text).not.toContain(secret);
    expect(text).not.toContain(encodeURIComponent(secret));
  });
});
