import { describe, expect, it } from 'vitest';
import type { ListeningSocket, PublishedPort } from '../../../../server/lab-engine/definitions.ts';
import { diagnose } from '../../../../server/previews/diagnose.ts';

const NOW = 1_000_000;
const web: PublishedPort = {
  container: 'web',
  service: undefined,
  published: 8080,
  inside: 80,
  state: 'running',
  exitCode: 0,
  startedMs: NOW - 60_000,
  pid: 7,
};
const on = (port: number, loopback = false): ListeningSocket => ({ port, loopback });

describe('a published port', () => {
  it.each([
    ['that is listened on', [on(80)]],
    ['that is listened on by IPv4 loopback and all of IPv6', [on(80, true), on(80)]],
    ['whose container could not be looked into', null],
  ])('%s answers', (_, sockets) => {
    expect(diagnose(web, sockets, NOW)).toEqual({ state: 'answers' });
  });

  it.each<[string, Partial<PublishedPort>, ListeningSocket[], string, string]>([
    ['down', { state: 'exited', exitCode: 137 }, [], 'preview.container-down', 'est arrêté (code 137)'],
    ['paused', { state: 'paused' }, [], 'preview.container-down', 'en pause'],
    ['in a loop of restarts', { state: 'restarting', exitCode: 1 }, [], 'preview.container-down', 'redémarre sans cesse (code 1)'],
    ['on its own loopback', {}, [on(80, true), on(9000)], 'preview.loopback', 'que sur 127.0.0.1'],
    ['on another port', {}, [on(8000), on(8000), on(9000)], 'preview.wrong-port', 'écoute sur 8000, 9000'],
    ['silent', {}, [], 'preview.nothing-listens', 'Rien n’écoute encore sur le port 80'],
  ])('of a container that is %s is reported', (_, change, sockets, code, words) => {
    const { state, problem } = diagnose({ ...web, ...change }, sockets, NOW);
    expect([state, problem?.code, problem?.message]).toEqual(['silent', code, expect.stringContaining(words)]);
  });

  it('gives the line to write when the container listens on another port', () => {
    expect(diagnose(web, [on(8000)], NOW).problem?.hint).toContain('`8080:8000`');
  });

  it('of a new container that listens nowhere is starting', () => {
    expect(diagnose({ ...web, startedMs: NOW - 2000 }, [], NOW).state).toBe('starting');
  });
});
