import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createChecker } from '../../../../server/checkpoints/checker.ts';
import { DockerEngine } from '../../../../server/lab-engine/docker-engine.ts';
import { LabUnavailable } from '../../../../server/lab-engine/lab-unavailable.ts';
import { MemoryJournal } from '../checkpoints/fakes/memory-journal.ts';
import { solutionSubject } from '../checkpoints/fakes/solution-subject.ts';

let server: Server;
let asked: string[];
let docker: Docker;

/** An engine that accepts every question and answers none. */
beforeEach(async () => {
  asked = [];
  server = createServer(({ url }) => asked.push(url ?? '')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server without a path: its address has a port.
  docker = new Docker({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const connections = () =>
  new Promise<number>((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count))));

it.each([
  ['images', (engine: DockerEngine) => engine.images()],
  ['one image', (engine: DockerEngine) => engine.image('etl')],
  ['containers', (engine: DockerEngine) => engine.containers()],
  ['one container', (engine: DockerEngine) => engine.container('etl')],
  ['networks', (engine: DockerEngine) => engine.networks()],
  ['logs', (engine: DockerEngine) => engine.logs('etl', { maxBytes: 10 })],
  ['a command', (engine: DockerEngine) => engine.execIn('etl', { argv: ['true'], timeoutMs: 60_000 })],
  ['a file of an image', (engine: DockerEngine) => engine.openImages().text('etl', '/etc/passwd')],
  ['a trial', (engine: DockerEngine) => engine.tryInside('t', { image: 'etl', argv: ['true'], timeoutMs: 60_000 })],
])('a question about %s ends with its signal, and so does its connection', async (_what, ask) => {
  const abort = new AbortController();
  const answer = ask(new DockerEngine(docker).within(abort.signal));
  await vi.waitFor(() => expect(asked).not.toEqual([]));
  abort.abort();
  await expect(answer).rejects.toBeInstanceOf(LabUnavailable);
  await vi.waitFor(async () => expect(await connections()).toBe(0));
});

it('a look at an engine that answers nothing ends with its signal, and the next look has its turn', async () => {
  const calm = await solutionSubject();
  const engine = new DockerEngine(docker);
  const stalled = { ...calm, within: (signal: AbortSignal) => ({ ...calm, engine: engine.within(signal) }) };
  const checker = createChecker({ lab: 'l', subject: stalled, journal: new MemoryJournal() });
  const look = (signal: AbortSignal) => checker.check(['1.3'], { trials: false, waitMs: 0, signal });
  const [first, second] = [new AbortController(), new AbortController()];
  const looks = [look(first.signal), look(second.signal)];
  await vi.waitFor(() => expect(asked).not.toEqual([]));
  asked = [];
  first.abort(new Error('left'));
  await expect(looks[0]).rejects.toThrow('left');
  await vi.waitFor(() => expect(asked).not.toEqual([]));
  second.abort(new Error('left too'));
  await expect(looks[1]).rejects.toThrow('left too');
});
