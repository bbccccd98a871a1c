import { describe, expect, it } from 'vitest';
import { requirements } from '../../../../../../server/checkpoints/tasks/1.2/requirements.ts';
import { FakeEngine } from '../../fakes/fake-engine.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

const PINS = 'pandas==2.1.3\nrequests==2.31.0\nsqlalchemy==2.0.23\npsycopg2-binary==2.9.9\n';

async function judge(list: string | null, more: Record<string, string> = {}, imports: readonly string[] = ['pandas', 'requests']) {
  const files: Record<string, string> = { ...(list === null ? {} : { 'requirements.txt': list }), ...more };
  const read = { path: 'etl_pipeline.py', error: null, hollow: false, replaces: null, texts: [] };
  const stdout = JSON.stringify({ files: [{ ...read, imports: imports.map((module, index) => ({ module, line: index + 1 })) }] });
  const engine = new FakeEngine();
  const project = {
    read: async (path: string) => files[path] ?? null,
    entries: async () => Object.entries(files).map(([path, text]) => ({ path, kind: 'file' as const, size: text.length, mode: 0o644 })),
    run: async () => ({ code: 0, timedOut: false, stdout, stderr: '' }),
  };
  const finding = await requirements.judge(viewOf({ engine, network: noNetwork, project, environment: null, now: Date.now }));
  return finding.verdict === 'met' ? ['met', ...(finding.remarks ?? []).map(({ code }) => code)].join(' ') : finding.diagnosis.code;
}

describe('1.2/requirements', () => {
  it.each([
    ['pins', PINS],
    ['comments, extras, markers and blanks', `# une liste\n${PINS}uvicorn[standard] == 0.24.0 ; python_version >= "3.8"  # serveur\n\n`],
    ['hashes over several lines', `${PINS}idna==3.4 \\\n    --hash=sha256:abc \\\n    --hash=sha256:def\n`],
    ['options of pip', `--index-url https://index.example/simple\n--no-binary :none:\n${PINS}`],
    ['Windows ends of line and a mark of order', `\uFEFF${PINS.replaceAll('\n', '\r\n')}`],
    ['numpy held back', `${PINS.replace('2.1.3', '2.0.3')}numpy==1.26.4\n`],
  ])('accepts %s', async (_, list) => expect(await judge(list)).toBe('met'));

  it('takes pins from lists that are included and from constraints', async () => {
    expect(await judge('-r base.txt\n', { 'base.txt': PINS })).toBe('met');
    expect(await judge('pandas\nrequests\nsqlalchemy\npsycopg2-binary\n-c constraints.txt\n', { 'constraints.txt': PINS })).toBe('met');
  });

  it('takes packages that the Dockerfile installs by itself', async () => {
    const Dockerfile = 'FROM python:3.11-slim\nRUN pip install --no-cache-dir psycopg2-binary==2.9.9 requests==2.31.0\n';
    expect(await judge('pandas==2.1.3\nsqlalchemy==2.0.23\n', { Dockerfile })).toBe('met');
  });

  it.each([
    [null, 'requirements.absent'],
    ['# rien\n', 'requirements.empty'],
    [PINS.replace('==2.1.3', ''), 'requirements.unpinned'],
    [PINS.replace('==2.1.3', '>=2.1'), 'requirements.unpinned'],
    [PINS.replace('pandas==2.1.3', 'pandas = 2.1.3 !'), 'requirements.unreadable'],
    [PINS.replace('requests==2.31.0\n', ''), 'requirements.not-listed'],
    [PINS.replace('psycopg2-binary==2.9.9\n', ''), 'requirements.no-driver'],
    [PINS.replace('2.1.3', '2.0.3'), 'requirements.numpy'],
    [PINS.replace('2.1.3', '1.5.3'), 'requirements.numpy'],
    [PINS.replace('==2.1.3', '~=2.1.3'), 'met requirements.range'],
  ])('judges %j', async (list, expected) => expect(await judge(list)).toBe(expected));

  it.each([
    ['pandas @ file:///croot/pandas_1692289311655/work'],
    ['pandas @ file:/home/me/pandas-2.1.3.whl'],
    ['pandas[sql]@file://localhost/tmp/pandas.tar.gz ; python_version > "3.8"'],
    ['/home/me/wheels/pandas-2.1.3-py3-none-any.whl'],
    ['-e /home/me/pandas'],
    ['-e file:///home/me/pandas#egg=pandas'],
    ['../pandas'],
    ['C:\\Users\\me\\pandas.whl'],
    ['~/pandas.whl'],
  ])('names a path of another machine: %s', async (line) => {
    expect(await judge(`${PINS}${line}\n`)).toBe('requirements.local-path');
  });

  it.each([
    ['pandas @ https://files.example/pandas-2.1.3.whl'],
    ['git+https://git.example/tools.git@v1'],
    ['--find-links /wheels'],
    ['-f file:///wheels'],
  ])('takes %s for an address that pip can reach', async (line) => {
    expect(await judge(`${PINS}${line}\n`)).toBe('met');
  });

  it('takes a package that the project contains', async () => {
    expect(await judge(`${PINS}/app/wheels/tools-1.0-py3-none-any.whl\n`, { 'wheels/tools-1.0-py3-none-any.whl': '' })).toBe('met');
  });

  it.each(['json==2.0.9', 'os==1.0', 'sqlite3==2.6.0', 'logging==0.5', 'py_compile==1.0', 'Threading==1'])(
    'names %s, which comes with Python',
    async (line) => {
      expect(await judge(`${PINS}${line}\n`)).toBe('requirements.standard-library');
    },
  );

  it('only remarks on an old copy that pip installs', async () => {
    expect(await judge(`${PINS}pathlib==1.0.1\n`)).toBe('met requirements.needless');
  });
});
