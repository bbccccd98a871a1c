import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { labStartedSchema } from '../../../contract/lab.ts';
import { escaleIn, temporaryState } from './escale.ts';

const { run, json } = escaleIn(temporaryState());
let lab = '';

beforeAll(async () => {
  ({ lab } = labStartedSchema.parse(await json(['lab', 'start'])));
});

afterAll(async () => {
  await run(['clean', '--yes']);
});

const SPOILED = `
sed -i 's/^FROM python:3.11-slim/FROM python:3.11/' Dockerfile
sed -i 's/^import requests/import requests  # Suroit-77/' src/extract.py
echo 'API_TOKEN=Suroit-77' > .env
echo run > logs/etl.log
mkdir src/__pycache__ && echo x > src/__pycache__/extract.pyc
rm src/health.py
`;

it('makes a case of what a lab holds, judged, without secrets and without what programs wrote', async () => {
  const cases = mkdtempSync(join(tmpdir(), 'escale-cases-'));
  onTestFinished(() => rmSync(cases, { recursive: true, force: true }));
  await json(['lab', 'put', lab, '--solution', '1.3']);
  expect(await run(['lab', 'exec', lab, '--', 'bash', '-c', SPOILED])).toMatchObject({ exit: 0 });
  const report = await json(['lesson', 'capture', lab, 'full-base', '--task', '1.3', '--what', 'The complete image', '--to', cases]);
  expect(report).toMatchObject({ edits: 2, whole: ['.env'], remove: ['src/health.py'], hidden: 1, toWrite: ['text'] });

  const folder = join(cases, 'full-base');
  const text = readFileSync(join(folder, 'case.json'), 'utf8');
  const described = JSON.parse(text);
  expect(described.edits).toEqual([
    { file: 'Dockerfile', replace: 'FROM python:3.11-slim', with: 'FROM python:3.11' },
    { file: 'src/extract.py', replace: 'import requests', with: 'import requests  # hidden-value-1' },
  ]);
  expect(described.fails).toContainEqual({ criterion: '1.3/slim-base', code: 'base.not-slim' });
  expect(readdirSync(folder).sort()).toEqual(['.env', 'case.json']);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toBe('API_TOKEN=hidden-value-1\n');

  expect(await json(['lesson', 'capture', lab, 'full-base', '--task', '1.3', '--to', cases], 64)).toHaveProperty(
    'error.code',
    'case.exists',
  );
  expect(readFileSync(join(folder, 'case.json'), 'utf8')).toBe(text);
});
