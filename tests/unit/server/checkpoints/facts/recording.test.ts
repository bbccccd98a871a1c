import { expect, it } from 'vitest';
import { question } from '../../../../../server/checkpoints/facts/facts.ts';
import { printRecording, recordingSchema, toRecording } from '../../../../../server/checkpoints/facts/recording.ts';
import { replay, StaleRecording } from '../../../../../server/checkpoints/facts/replay.ts';

const FACTS = {
  'file Dockerfile': 'FROM python:3.11-slim\n',
  'file .env': 'POSTGRES_PASSWORD=Maree-Basse\n',
  containers: [{ env: ['PGPASSWORD=Maree-Basse', 'URL=postgresql://etl:Pluie-Fine@postgres/w'], exitCode: 0, health: null }],
  'run ["env"]': { code: 0, stdout: '{"POSTGRES_PASSWORD":"Maree-Basse"}' },
};

it('hides secrets and keeps the form of what programs print, so that it is parsed again', () => {
  const { facts } = toRecording(FACTS, ['Maree-Basse'], 'digest', {});
  const text = JSON.stringify(facts);
  expect(text).not.toContain('Maree-Basse');
  expect(text).not.toContain('Pluie-Fine');
  expect(JSON.parse((facts['run ["env"]'] as { stdout: string }).stdout)).toEqual({ POSTGRES_PASSWORD: '••••••' });
  expect(facts.containers).toMatchObject([{ exitCode: 0, health: null }]);
});

it('leaves out the files of the play itself, and does not hide what stands in them', () => {
  const known = { 'file Dockerfile': FACTS['file Dockerfile'], 'file .env': FACTS['file .env'] };
  const { facts } = toRecording(FACTS, ['Maree-Basse'], 'digest', known);
  expect(Object.keys(facts)).toEqual(['containers', 'run ["env"]']);
  expect(facts['run ["env"]']).toEqual(FACTS['run ["env"]']);
});

it('is written one fact a line, in order, and read again as it was', () => {
  const recording = toRecording(FACTS, [], 'digest', {});
  const printed = printRecording(recording);
  expect(recordingSchema.parse(JSON.parse(printed))).toEqual(recording);
  const keys = printed.split('\n').flatMap((line) => /^ {4}"((?:[^"\\]|\\.)*)":/.exec(line)?.[1] ?? []);
  expect(keys).toHaveLength(4);
  expect(keys).toEqual([...keys].sort());
});

it('names a long question by its beginning and a digest', () => {
  const [one, other] = ['a', 'b'].map((end) => question('run', ['python3', '-c', 'x'.repeat(5000) + end]));
  expect(one?.length).toBeLessThanOrEqual(160);
  expect(one).not.toBe(other);
  expect(question('file', 'src/load.py')).toBe('file src/load.py');
});

it.each([
  ['an answer that is not recorded', {}],
  ['an act that is not recorded, beside another one', { entries: [], 'act other@1': {} }],
])('is stale where a criterion asks for %s', async (_what, facts) => {
  await expect(replay(facts, ['1.1', '1.2'])).rejects.toBeInstanceOf(StaleRecording);
});
