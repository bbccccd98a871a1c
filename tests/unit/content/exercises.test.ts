import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glossary, termsIn } from '../../../src/lib/glossary.ts';
import { addedLines, mentionsIn, ROOT, read, shownFiles, solutionFiles, unfolded } from './lesson-source.ts';

const LESSONS = ['content/fr/bienvenue.mdx', ...globSync('content/fr/*/*.mdx', { cwd: ROOT }).sort()];
const TASKS = LESSONS.slice(1);
const partOf = (part: string) => TASKS.filter((file) => file.startsWith(`content/fr/${part}/`));
const nameOf = (file: string) => basename(file, '.mdx');
const count = (lesson: string, tag: string) => [...lesson.matchAll(new RegExp(`<${tag}\\b`, 'g'))].length;

/** Lines that a task adds to files and that stand in its lesson before the learner has to try, and all lines that it adds. */
function givenLines(file: string): { given: number; of: number } {
  const lesson = read(file);
  const shown = shownFiles(lesson, unfolded(lesson));
  const counts = solutionFiles(nameOf(file)).map((path) => {
    const given = new Set(
      shown.filter((one) => one.path === path).flatMap(({ lines, gap }) => lines.filter((line) => !gap.includes(line))),
    );
    const all = addedLines(path);
    return { given: all.filter(({ number }) => given.has(number)).length, of: all.length };
  });
  return counts.reduce((sum, one) => ({ given: sum.given + one.given, of: sum.of + one.of }), { given: 0, of: 0 });
}

const givenIn = (part: string) => Object.fromEntries(partOf(part).map((file) => [nameOf(file), givenLines(file)]));
const exercisesIn = (lessons: readonly string[]) =>
  Object.fromEntries(
    lessons.map((file) => [nameOf(file), ['Predict', 'Complete', 'Extend'].map((tag) => count(read(file), tag)).join(' + ')]),
  );

/** The figures of each part. Whoever changes a lesson changes them here, on purpose. */
it('part 1 gives this many lines of files before an attempt', () => {
  expect(givenIn('1')).toEqual({
    1.1: { given: 0, of: 0 },
    1.2: { given: 125, of: 152 },
    1.3: { given: 44, of: 56 },
    1.4: { given: 32, of: 55 },
    1.5: { given: 0, of: 0 },
  });
});

it('part 2 gives this many lines of files before an attempt', () => {
  expect(givenIn('2')).toEqual({
    2.1: { given: 37, of: 54 },
    2.2: { given: 69, of: 84 },
    2.3: { given: 109, of: 139 },
    2.4: { given: 8, of: 22 },
  });
});

it('part 1 asks this often to predict, to complete and to extend', () => {
  expect(exercisesIn(['content/fr/bienvenue.mdx', ...partOf('1')])).toEqual({
    bienvenue: '1 + 0 + 0',
    1.1: '2 + 0 + 1',
    1.2: '3 + 5 + 1',
    1.3: '2 + 4 + 0',
    1.4: '2 + 2 + 1',
    1.5: '3 + 0 + 0',
  });
});

it('part 2 asks this often to predict, to complete and to extend', () => {
  expect(exercisesIn(partOf('2'))).toEqual({ 2.1: '2 + 4 + 1', 2.2: '2 + 3 + 1', 2.3: '3 + 4 + 3', 2.4: '2 + 3 + 1' });
});

describe.each(TASKS)('%s', (file) => {
  it('has at least two places where the learner predicts, completes or extends', () => {
    const lesson = read(file);
    expect(count(lesson, 'Predict') + count(lesson, 'Complete') + count(lesson, 'Extend')).toBeGreaterThanOrEqual(2);
  });
});

describe.each(LESSONS)('the exercises of %s', (file) => {
  const lesson = read(file);

  it('ask before they answer: a prediction has a command, then a folded answer with its output', () => {
    const predictions = [...lesson.matchAll(/<Predict\b([^>]*)>([\s\S]*?)<\/Predict>/g)];
    expect(predictions).toHaveLength(count(lesson, 'Predict'));
    for (const [, props = '', inside = ''] of predictions) {
      expect(props).toContain(`id="${nameOf(file)}/`);
      const [before = '', answer] = inside.split('<Answer>');
      expect(mentionsIn(before).map(({ kind }) => kind)).toEqual(['command']);
      expect(answer?.trim()).toMatch(/<\/Answer>$/);
    }
  });

  it('have hints before the solution', () => {
    for (const [, inside = ''] of lesson.matchAll(/<Complete\b[^>]*>([\s\S]*?)<\/Complete>/g)) expect(inside).toContain('<Hint ');
    for (const [, inside = ''] of lesson.matchAll(/<Extend\b[^>]*>([\s\S]*?)<\/Extend>/g))
      expect(inside).toMatch(/<Hint [\s\S]*<Solution>[\s\S]*<\/Solution>\s*$/);
  });

  it('mark each term of the glossary once', () => {
    const terms = termsIn(lesson);
    expect(terms).toHaveLength(count(lesson, 'Term'));
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
    expect(terms.filter((term) => !glossary.some(({ id }) => id === term))).toEqual([]);
  });
});

it('no prediction has the name of another', () => {
  const ids = LESSONS.flatMap((file) => [...read(file).matchAll(/<Predict id="([^"]+)"/g)].map(([, id]) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

it('every entry of the glossary is marked in a lesson', () => {
  const marked = new Set(LESSONS.flatMap((file) => termsIn(read(file))));
  expect(glossary.map(({ id }) => id).filter((id) => !marked.has(id))).toEqual([]);
});
