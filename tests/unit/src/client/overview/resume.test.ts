import { describe, expect, test } from 'vitest';
import plan from '../../../../../content/plan.json' with { type: 'json' };
import type { Achievement } from '../../../../../contract/progress.ts';
import { type Published, resumeOf } from '../../../../../src/client/overview/resume.ts';
import type { View } from '../../../../../src/client/overview/view.ts';

const now = new Date(2026, 10, 29, 15, 12);
const at = new Date(2026, 10, 29, 9).toISOString();
const lessons: Published[] = [
  { task: '1.1', href: '/fr/1.1/', title: 'Préparer', minutes: 10 },
  { task: '1.2', href: '/fr/1.2/', title: 'Écrire', minutes: 20 },
];
const all = (task: string, verdict: Achievement['last']['verdict'] = 'met'): [string, Achievement][] =>
  plan.criteria.filter((each) => each.task === task).map(({ id }) => [id, { criterion: id, firstMetAt: at, last: { verdict, at } }]);
const reading = (lesson: string, rest: Partial<View['last']> = {}): View['last'] => ({
  lesson,
  href: `/fr/${lesson}/`,
  title: `${lesson} Titre`,
  at,
  ...rest,
});
const view = (last: View['last'], met: [string, Achievement][] = []): View => ({ achievements: new Map(met), spent: {}, last, now });
const plain = (text: string | undefined): string | undefined => text?.replace(/[\u00a0\u202f]/g, ' ');

describe('where to go on', () => {
  test('nowhere before the first lesson', () => {
    expect(resumeOf(view(undefined), lessons)).toBeUndefined();
  });

  test('at the step that was on screen', () => {
    const resume = resumeOf(view(reading('1.2', { section: { id: 'etape-3', title: 'Étape 3 : L’extraction' } })), lessons);
    expect(resume).toMatchObject({ href: '/fr/1.2/#etape-3', title: '1.2 Titre', does: 'Reprendre' });
    expect(plain(resume?.where)).toBe('à « Étape 3 : L’extraction » · 6 critères');
  });

  test('after a finished lesson, at the next one', () => {
    const resume = resumeOf(view(reading('1.1', { section: { id: 'criteres', title: 'Critères' } }), all('1.1')), lessons);
    expect(resume).toMatchObject({ href: '/fr/1.2/', title: '1.2 Écrire', does: 'Continuer' });
    expect(plain(resume?.when)).toBe('Après « 1.1 Titre », lue aujourd’hui à 9 h');
    expect(plain(resume?.where)).toBe('6 critères, prévu 20 min');
  });

  test('in the same lesson while a criterion of it is missing or was lost', () => {
    expect(resumeOf(view(reading('1.1'), all('1.1').slice(1)), lessons)?.href).toBe('/fr/1.1/');
    expect(resumeOf(view(reading('1.1'), all('1.1', 'not-met')), lessons)?.href).toBe('/fr/1.1/');
  });

  test('in the last lesson once it is finished, since the next is not written', () => {
    expect(resumeOf(view(reading('1.2'), all('1.2')), lessons)?.href).toBe('/fr/1.2/');
  });

  test('after the welcome, at the first lesson once it was read to its end', () => {
    expect(resumeOf(view(reading('bienvenue')), lessons)?.href).toBe('/fr/bienvenue/');
    expect(resumeOf(view(reading('bienvenue', { end: true })), lessons)?.href).toBe('/fr/1.1/');
  });
});
