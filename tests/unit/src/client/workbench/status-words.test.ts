import { describe, expect, test } from 'vitest';
import type { LabStatus } from '../../../../../contract/lab.ts';
import { type LabSnapshot, SnapshotStore } from '../../../../../src/client/connection/snapshot-store.ts';
import { statusOf } from '../../../../../src/client/workbench/status-words.ts';

const GIB = 2 ** 30;
const ready: LabStatus = {
  lab: 'solo',
  state: 'ready',
  isolation: 'userns',
  steps: [],
  engine: { state: 'running', version: '26.1.5', containers: 1 },
  memory: { usedBytes: 412 * 2 ** 20, limitBytes: 6 * GIB },
  disk: { usedBytes: 17 * GIB, limitBytes: 20 * GIB },
};
const heard = (change: Partial<LabSnapshot>): LabSnapshot => ({
  ...new SnapshotStore().now,
  connection: { kind: 'open' },
  known: true,
  ...change,
});
const words = (change: Partial<LabSnapshot>, clock = 0): string[] =>
  statusOf(heard(change), clock).map(({ text }) => text.replaceAll(/[\u00a0\u202f]/g, ' '));

describe('statusOf', () => {
  test('a ready lab, from left to right', () => {
    expect(words({ lab: ready })).toEqual([
      'Labo prêt',
      'moteur 26.1.5',
      'isolement : espace d’utilisateurs',
      'mémoire 412 Mo sur 6 Go',
      'disque 17 Go sur 20 Go',
      '1 conteneur',
    ]);
  });

  test('warns of a full disk and of the weaker isolation', () => {
    const items = statusOf(heard({ lab: { ...ready, isolation: 'capabilities' } }), 0);
    expect(items.filter((item) => item.warn).map((item) => item.id)).toEqual(['isolation', 'disk']);
    const isolation = items.find(({ id }) => id === 'isolation');
    expect(isolation).toMatchObject({
      text: expect.stringContaining('capabilities'),
      title: expect.stringContaining('root de cette machine'),
    });
    expect(isolation?.optional).toBeUndefined();
  });

  test('a stopped engine comes first', () => {
    expect(words({ lab: { ...ready, engine: { state: 'stopped' } } })[0]).toBe('Moteur arrêté');
  });

  test('while the connection is down, shows the age of the state', () => {
    const connection = { kind: 'down', retryAt: 0, labAway: false } as const;
    expect(words({ lab: ready, connection, heardAt: 1000 }, 13_000)).toEqual([
      'État du labo inconnu',
      'dernière nouvelle il y a 10 s',
      'vos terminaux continuent sans vous',
    ]);
  });

  test('names the background preparation of a ready lab, and its failure', () => {
    const step = { id: 'images', title: 'Images des leçons suivantes', blocksLab: false } as const;
    expect(words({ lab: ready, setup: { steps: [{ ...step, state: 'running' }] } }).at(-1)).toBe('Images des leçons suivantes, 0 sur 1');
    const problem = { code: 'x', message: 'pas de réseau', hint: '' };
    expect(words({ lab: ready, setup: { steps: [{ ...step, state: 'failed', problem }] } }).at(-1)).toBe(
      'Images des leçons suivantes : pas de réseau',
    );
  });

  test.each([
    [{ connection: { kind: 'ended', reason: 'absent' } as const }, 'Sans labo'],
    [{ known: false, connection: { kind: 'connecting' } as const }, 'Connexion au labo'],
    [{ lab: undefined }, 'Labo non démarré'],
  ])('%o', (change, text) => {
    expect(words(change)[0]).toBe(text);
  });
});
