import { describe, expect, it } from 'vitest';
import type { LabChange } from '../../../../../contract/lab.ts';
import { changeNews } from '../../../../../src/client/workbench/change-words.ts';

const archive = {
  name: 'solo-2026-11-29T10-00-00.000Z.reset.tar',
  at: '2026-11-29T10:00:00.000Z',
  bytes: 4096,
  cause: 'reset' as const,
  path: '/var/archives/solo-2026-11-29T10-00-00.000Z.reset.tar',
};
const running: LabChange = {
  id: '1',
  kind: 'reset',
  state: 'running',
  archive,
  steps: [
    { id: 'archive', state: 'done', tookMs: 300 },
    { id: 'stop', state: 'running', detail: 'conteneur 1 sur 3' },
    { id: 'empty', state: 'todo' },
    { id: 'project', state: 'todo' },
  ],
};

describe('a change of the project', () => {
  it('tells the step that runs, its detail, and how long it has been running', () => {
    const { title, steps, text } = changeNews(running, 12_400);
    expect(title).toBe('Le labo se remet à zéro');
    expect(steps.map(({ word }) => word)).toEqual(['fait', 'en cours', 'à faire', 'à faire']);
    expect(steps[1]?.notes).toEqual(['conteneur 1 sur 3, depuis 12 s']);
    expect(text).toBe('');
    expect(changeNews(running, 900).steps[1]?.notes).toEqual(['conteneur 1 sur 3']);
  });

  it('tells at the end where the project is that was there, and which archive gives it back', () => {
    const { title, text, archive: name } = changeNews({ ...running, state: 'done' }, 0);
    expect(title).toBe('Le labo est remis à zéro');
    expect(text).toBe(`Le projet tel qu’il était est archivé dans \`${archive.path}\`.`);
    expect(name).toBe(archive.name);
    expect(changeNews({ ...running, state: 'done', archive: null }, 0)).toMatchObject({
      text: 'Le projet était vide : il n’y avait rien à archiver.',
      archive: undefined,
    });
  });

  it('that failed tells why, and that nothing is lost', () => {
    const problem = { code: 'lab.away', message: 'Le labo ne répond pas.', hint: 'Démarrez-le.' };
    expect(changeNews({ ...running, state: 'failed', problem }, 0).text).toBe(
      `Le labo ne répond pas. Démarrez-le. Le projet tel qu’il était est archivé dans \`${archive.path}\`.`,
    );
    const { archive: _none, ...before } = running;
    expect(changeNews({ ...before, state: 'failed', problem }, 0).text).toContain('Votre projet n’a pas été touché.');
  });

  it('names the state that it puts', () => {
    const steps: LabChange['steps'] = [{ id: 'project', state: 'running' }];
    expect(changeNews({ ...running, kind: 'state', task: '1.4', steps }, 0).steps[0]?.title).toBe('Poser l’état d’avant 1.4');
    expect(changeNews({ ...running, kind: 'restore', steps }, 0).steps[0]?.title).toBe('Rendre le projet archivé');
  });
});
