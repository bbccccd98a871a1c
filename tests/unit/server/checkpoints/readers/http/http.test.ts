import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Address, HttpReply, HttpRequest } from '../../../../../../server/checkpoints/network/definitions.ts';
import { http, jsonOf } from '../../../../../../server/checkpoints/readers/http/http.ts';
import { composeSubject, containerOf } from '../../fakes/compose-subject.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

const REPLY: HttpReply = { status: 200, headers: {}, body: '{"ok":true}', truncated: false, path: '/health' };

/** A view of a stack whose ETL answers, and what was asked of it. */
function answering(reply: HttpReply) {
  const subject = composeSubject();
  subject.engine.running.push(
    containerOf('etl', { addresses: { a: '172.18.0.2' }, ports: [{ container: 80, host: 8080, address: '0.0.0.0' }] }),
  );
  const asked: [Address, HttpRequest][] = [];
  const network = {
    ...noNetwork,
    http: async (at: Address, request: HttpRequest) => {
      asked.push([at, request]);
      return { answer: reply };
    },
  };
  return { view: viewOf({ ...subject, network }), asked };
}

it('gives the answer, and where it was asked', async () => {
  const { view, asked } = answering(REPLY);
  expect(await http(view, { service: 'etl', port: 8000 }, { path: '/', redirects: 1 })).toEqual({
    ...REPLY,
    from: 'inside',
    url: 'http://etl:8000/health',
  });
  expect(asked).toEqual([
    [
      { host: '172.18.0.2', port: 8000 },
      { path: '/', redirects: 1, host: 'etl:8000' },
    ],
  ]);
});

it('names the published port', async () => {
  const { view, asked } = answering(REPLY);
  const answer = await http(view, { service: 'etl', port: 80, from: 'published' }, { path: '/' });
  expect(answer).toMatchObject({ from: 'published', url: 'http://localhost:8080/health' });
  expect(asked).toMatchObject([[{ host: '127.0.0.1', port: 8080 }, { host: 'localhost:8080' }]]);
});

it('asks once a look', async () => {
  const { view, asked } = answering(REPLY);
  const target = { service: 'etl', port: 80 };
  await Promise.all([http(view, target, { path: '/' }), http(view, target, { path: '/' }), http(view, target, { path: '/other' })]);
  expect(asked.map(([, { path }]) => path)).toEqual(['/', '/other']);
});

it('reads JSON of the wanted form only', () => {
  const schema = z.object({ ok: z.boolean() });
  expect(jsonOf(REPLY, schema)).toEqual({ ok: true });
  for (const body of ['', 'no', '{"ok":1}', '['.repeat(100_000)]) expect(jsonOf({ ...REPLY, body }, schema)).toBe(null);
  expect(jsonOf({ ...REPLY, truncated: true }, schema)).toBe(null);
});
