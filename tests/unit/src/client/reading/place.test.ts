import { expect, test } from 'vitest';
import { lessonOf } from '../../../../../src/client/reading/place.ts';

test.each([
  ['/fr/1.3/', '1.3'],
  ['/fr/bienvenue/', 'bienvenue'],
  ['/fr/glossaire/', undefined],
  ['/', undefined],
])('the lesson of %s is %s', (path, lesson) => {
  expect(lessonOf(path)).toBe(lesson);
});
