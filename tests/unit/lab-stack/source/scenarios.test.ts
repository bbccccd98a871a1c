import { expect, test } from 'vitest';
import { SOURCE_SCENARIO_MS, SOURCE_SCENARIOS, sourceStateSchema } from '../../../../contract/source.ts';
import { Scenarios } from '../../../../lab-stack/source/scenarios.ts';

const state = (change: object = {}) => sourceStateSchema.parse(change);

test('counts the requests since it was set', () => {
  const scenarios = new Scenarios();
  scenarios.set('trial-one', state());
  scenarios.ask('trial-one');
  expect(scenarios.ask('trial-one')).toEqual(state());
  expect(scenarios.find('trial-one')?.requests).toBe(2);
  expect(scenarios.set('trial-one', state({ status: 404 }))).toEqual({ state: state({ status: 404 }), requests: 0 });
});

test('is limited in number and lifetime', () => {
  let now = 0;
  const scenarios = new Scenarios(() => now);
  for (let count = 0; count < SOURCE_SCENARIOS; count++) expect(scenarios.set(`trial-${count}`, state())).not.toBeNull();
  expect(scenarios.set('one-too-many', state())).toBeNull();
  expect(scenarios.set('trial-0', state({ delayMs: 5 }))).not.toBeNull();
  now = SOURCE_SCENARIO_MS + 1;
  expect(scenarios.ask('trial-0')).toBeNull();
  expect(scenarios.set('one-more', state())).not.toBeNull();
});

test('removes all scenarios of a trial', () => {
  const scenarios = new Scenarios();
  for (const name of ['trial-a', 'trial-a-slow', 'trial-b']) scenarios.set(name, state());
  scenarios.remove('trial-a');
  expect(['trial-a', 'trial-a-slow', 'trial-b'].map((name) => scenarios.find(name) !== null)).toEqual([false, false, true]);
});
