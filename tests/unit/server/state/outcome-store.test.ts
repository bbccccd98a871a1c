import { expect, it } from 'vitest';
import { openDatabase } from '../../../../server/state/database.ts';
import { LabStore } from '../../../../server/state/lab-store.ts';
import { OutcomeStore } from '../../../../server/state/outcome-store.ts';

function opened() {
  const database = openDatabase(':memory:');
  const labs = new LabStore(database);
  labs.ensure('solo');
  return { labs, outcomes: new OutcomeStore(database) };
}

it('keeps an outcome for each digest, and the last of the same', () => {
  const { outcomes } = opened();
  outcomes.keep('solo', 'pipeline@1', 'a', { state: 'ran' });
  outcomes.keep('solo', 'pipeline@1', 'b', null);
  outcomes.keep('solo', 'pipeline@1', 'a', { state: 'not-built' });
  expect(outcomes.digests('solo', 'pipeline@1').sort()).toEqual(['a', 'b']);
  expect(outcomes.find('solo', 'pipeline@1', 'a')).toEqual({ done: { state: 'not-built' } });
  expect(outcomes.find('solo', 'pipeline@1', 'b')).toEqual({ done: null });
  expect(outcomes.find('solo', 'pipeline@1', 'c')).toBeNull();
  expect(outcomes.digests('solo', 'pipeline@3')).toEqual([]);
});

it('keeps the twenty latest of an act', () => {
  const { outcomes } = opened();
  outcomes.keep('solo', 'health@1', 'other', 0);
  for (let one = 0; one < 25; one++) outcomes.keep('solo', 'pipeline@1', `${one}`, one);
  expect(
    outcomes
      .digests('solo', 'pipeline@1')
      .map(Number)
      .sort((a, b) => a - b),
  ).toEqual(Array.from({ length: 20 }, (_, index) => index + 5));
  expect(outcomes.digests('solo', 'health@1')).toEqual(['other']);
});

it('forgets them with the lab', () => {
  const { labs, outcomes } = opened();
  outcomes.keep('solo', 'health@1', 'a', 0);
  labs.remove('solo');
  labs.ensure('solo');
  expect(outcomes.find('solo', 'health@1', 'a')).toBeNull();
});
