import { expect, test } from 'vitest';
import { GateOutput } from '../../../../../server/labs/driver/gate-output.ts';

function read(...chunks: (string | Buffer)[]) {
  const steps: string[] = [];
  const output = new GateOutput((step) => steps.push(step));
  for (const chunk of chunks) output.write(Buffer.from(chunk));
  return { steps, failure: output.failure() };
}

test('steps are reported as they come, however the output is split into chunks', () => {
  expect(read('escale-st', 'ep isolation\nescale-step', ' other\n').steps).toEqual(['isolation', 'other']);
});

test('the first known error gives the reason, with its detail', () => {
  const { failure } = read('noise\nescale-error code=lab.host-disk free=1 floor=2\nescale-error code=lab.root line 3\n');
  expect(failure).toMatchObject({ code: 'lab.host-disk', kind: 'unavailable' });
  expect(failure.message).toContain('free=1 floor=2');
});

test('where user namespaces are forbidden, both solutions are named, and the price of the second', () => {
  const { failure } = read('escale-error code=gate.namespaces the lab could not be given namespaces of its own\n');
  expect(failure.code).toBe('gate.namespaces');
  expect(failure.hint).toMatch(/escale doctor.*"isolation": "capabilities".*root de la machine/);
});

test('an unknown code is ignored; the last lines are shown instead', () => {
  const { failure } = read('escale-error code=engine.unreachable forged\nlast words\nunfinished');
  expect(failure.code).toBe('lab.ended');
  expect(failure.message).toContain('last words / unfinished');
});

test('endless lines and endless output are bounded', () => {
  const { failure } = read('x'.repeat(100_000), ...Array.from({ length: 200 }, (_, index) => `line ${index}\n`));
  expect(failure.message.length).toBeLessThan(1000);
  expect(failure.message).toContain('line 199');
});

test('characters split between chunks are put together', () => {
  const bytes = Buffer.from('fini à temps\n');
  expect(read(bytes.subarray(0, 6), bytes.subarray(6)).failure.message).toContain('fini à temps');
});
