import { describe, expect, test } from 'vitest';
import type { LabStatus } from '../../../../../contract/lab.ts';
import { panelOf } from '../../../../../src/client/bench/lab-panel.ts';
import type { Snapshot } from '../../../../../src/client/bench/store.ts';
import { Store } from '../../../../../src/client/bench/store.ts';

const lab = (state: LabStatus['state']): LabStatus => ({
  lab: 'solo',
  state,
  isolation: 'userns',
  steps: [{ id: 'engine', state: 'running' }],
});
const heard = (change: Partial<Snapshot>): Snapshot => ({ ...new Store().now, line: { kind: 'open' }, known: true, ...change });
const step = (state: 'failed' | 'running' | 'done', blocksLab = true) => ({ id: 'engine', title: 'Moteur', state, blocksLab });

describe('panelOf', () => {
  test.each([
    ['before anything is heard', { known: false, line: { kind: 'connecting' } as const }, 'connecting'],
    ['when nobody answers', { known: false, line: { kind: 'down', retryAt: 0, labAway: false } as const }, 'unreachable'],
    ['served without a server', { line: { kind: 'ended', reason: 'absent' } as const }, 'absent'],
    ['locked', { line: { kind: 'ended', reason: 'refused' } as const }, 'refused'],
    ['of another version', { line: { kind: 'ended', reason: 'bad-frame' } as const }, 'fault'],
    ['without an engine', { setup: { steps: [step('failed')] }, lab: lab('stopped') }, 'missing'],
    ['the first time', { setup: { steps: [step('running')] }, lab: lab('stopped') }, 'preparing'],
    ['with only background work left', { setup: { steps: [step('done'), step('running', false)] }, lab: lab('stopped') }, 'stopped'],
    ['starting', { lab: lab('starting') }, 'starting'],
    ['failed', { lab: lab('failed') }, 'failed'],
    ['stopping', { lab: lab('stopping') }, 'stopping'],
    ['without a lab', { lab: undefined }, 'none'],
  ])('%s', (_name, change, id) => {
    expect(panelOf(heard(change), 0, undefined)?.id).toBe(id);
  });

  test('there is no panel when the lab is ready, even while the connection is down', () => {
    expect(panelOf(heard({ lab: lab('ready') }), 0, undefined)).toBeUndefined();
    expect(panelOf(heard({ lab: lab('ready'), line: { kind: 'down', retryAt: 0, labAway: false } }), 0, undefined)).toBeUndefined();
  });

  test('a start shows its duration, the usual one, and after twenty seconds the slow step', () => {
    const now = heard({ lab: lab('starting'), startingSince: 1000 });
    expect(panelOf(now, 3900, 4200)?.text).toContain('Depuis 2 s, d’ordinaire 4 s.');
    expect(panelOf(now, 3900, undefined)?.after).toBeUndefined();
    expect(panelOf(now, 22_000, undefined)?.after).toContain('« Moteur Docker » tarde');
  });

  test('missing things are named with their fix', () => {
    const problem = { code: 'engine.absent', message: 'Aucun moteur.', hint: 'Installez docker.io.' };
    const panel = panelOf(heard({ setup: { steps: [{ ...step('failed'), problem }] } }), 0, undefined);
    expect(panel?.steps[0]).toMatchObject({ shape: 'unmet', word: 'en échec', notes: ['Aucun moteur.', 'Installez docker.io.'] });
  });
});
