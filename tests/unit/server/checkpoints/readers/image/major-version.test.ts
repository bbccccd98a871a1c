import { expect, it } from 'vitest';
import { majorOf } from '../../../../../../server/checkpoints/readers/image/major-version.ts';
import { composeSubject } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

it.each([
  ['mongo:7', 7],
  ['docker.io/library/mongo:7', 7],
  ['mongo:7.0.12', 7],
  ['redis:7-alpine', 7],
  ['mongo:v6.0', 6],
  ['localhost:5000/mongo', null],
  ['mongo:latest', null],
  ['mongo', null],
])('%s is of version %s', async (image, major) => {
  expect(await majorOf(viewOf(composeSubject()), image, /^MONGO_MAJOR=(\d+)/)).toBe(major);
});
