import { expect, it } from 'vitest';
import { askedThrough } from '../../../../../server/checkpoints/facts/facts.ts';
import { composeSubject } from '../fakes/compose-subject.ts';

it('keeps credentials out of the questions that are recorded', async () => {
  const asked: string[] = [];
  const subject = askedThrough(composeSubject(), async (question) => {
    asked.push(question);
    throw new Error('no answer is needed');
  });
  const at = { host: '172.18.0.2', port: 80 };
  const auth = { user: 'me', password: 'tres-secret' };
  const { signal } = new AbortController();
  await expect(subject.network.http(at, { path: '/', host: 'api', auth }, signal)).rejects.toThrow('no answer');
  await expect(subject.network.http(at, { path: '/', host: 'api' }, signal)).rejects.toThrow('no answer');
  await expect(subject.network.redis(at, { command: ['GET', 'visits'], auth }, signal)).rejects.toThrow('no answer');
  expect(new Set(asked).size).toBe(3);
  expect(asked.join()).not.toContain('tres-secret');
  expect(asked[2]).toBe('redis {"host":"172.18.0.2","port":80} ["GET","visits"]');
});
