import { describe, expect, it } from 'vitest';
import type { LabSnapshot } from '../../../../../src/client/connection/snapshot-store.ts';
import { emptyWords } from '../../../../../src/client/map/empty-words.ts';
import { mapOf } from './sample-map.ts';

describe('where there is nothing to draw', () => {
  const open: Pick<LabSnapshot, 'connection' | 'lab'> = {
    connection: { kind: 'open' },
    lab: { lab: 'solo', state: 'ready', isolation: 'userns', steps: [] },
  };

  it.each([
    ['La carte se dessine…', open, undefined],
    ['Pas encore de fichier Compose', open, { state: 'absent', lookalike: null }],
    ['Le moteur du labo ne répond pas', open, { state: 'away' }],
    ['La carte attend le labo', { ...open, lab: { lab: 'solo', state: 'asleep', isolation: 'userns', steps: [] } }, { state: 'away' }],
    ['Aucun service', open, mapOf([])],
  ] as const)('says « %s »', (title, snapshot, map) => {
    expect(
      emptyWords({ ...snapshot, lab: snapshot.lab && { ...snapshot.lab, steps: [] } }, map === undefined ? undefined : map).title,
    ).toBe(title);
  });

  it('leads to the place of a fault, and to a file whose name is nearly right', () => {
    const fault = { state: 'faulty', file: 'docker-compose.yml', line: 7, what: 'une clé est inconnue', look: 'Corrigez-la.' } as const;
    expect(emptyWords(open, fault)).toMatchObject({ file: { path: 'docker-compose.yml', line: 7 } });
    expect(emptyWords(open, fault).text).toBe('`docker-compose.yml`, ligne 7 : une clé est inconnue. Corrigez-la.');
    expect(emptyWords(open, { state: 'absent', lookalike: 'docker_compose.yml' }).file?.path).toBe('docker_compose.yml');
  });
});
