import { expect, it } from 'vitest';
import type { TrialEnvironment } from '../../../../server/checkpoints/definitions.ts';
import { undoPlans, undoTrial } from '../../../../server/checkpoints/trials/undo-trial.ts';
import { LabUnavailable } from '../../../../server/lab-engine/lab-unavailable.ts';
import { FakeEngine } from './fakes/fake-engine.ts';
import { MemoryJournal } from './fakes/memory-journal.ts';

const plan = { id: 'one', lab: 'l', act: 'health', startedAt: '' };

function touched() {
  const engine = new FakeEngine();
  const done: string[] = [];
  const never = async () => Promise.reject(new Error('not asked for'));
  const environment: TrialEnvironment = {
    folder: (trial) => `/tmp/${trial}`,
    source: { url: (name) => name, set: never, requests: never, users: never },
    stop: async (trial) => {
      done.push(`stop ${trial}`);
    },
    clear: async (trial) => {
      done.push(`clear ${trial} after ${engine.removed.length}`);
    },
  };
  return { engine, environment, done };
}

it('ends what runs, then takes away the containers, then what they wrote', async () => {
  const { engine, environment, done } = touched();
  await undoTrial(plan, { engine, environment }, new MemoryJournal());
  expect(engine.removed).toEqual(['one']);
  expect(done).toEqual(['stop one', 'clear one after 1']);
});

it('keeps the plan of what could not be undone, for the next time', async () => {
  const { engine, environment } = touched();
  const journal = new MemoryJournal();
  await journal.begin(plan);
  engine.down = true;
  await expect(undoTrial(plan, { engine, environment }, journal)).rejects.toThrow(LabUnavailable);
  engine.down = false;
  await undoPlans('another lab', { engine, environment }, journal);
  expect(engine.removed).toEqual([]);
  await undoPlans('l', { engine, environment }, journal);
  expect(engine.removed).toEqual(['one']);
  expect(journal.left).toEqual([]);
});
