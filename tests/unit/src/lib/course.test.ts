import { describe, expect, test } from 'vitest';
import plan from '../../../../content/course.json' with { type: 'json' };
import { courseOf, neighboursOf } from '../../../../src/lib/course.ts';

const lesson = { task: '1.3', title: 'Écrire un bon Dockerfile', minutes: 30 };

describe('courseOf', () => {
  test('has the five parts of the brief, six hours and one in bonus', () => {
    const { parts } = courseOf(plan, []);
    expect(parts.map((part) => part.tasks.length)).toEqual([5, 4, 3, 5, 3]);
    expect(parts.filter((part) => !part.bonus).reduce((sum, part) => sum + part.minutes, 0)).toBe(360);
    expect(parts.filter((part) => part.bonus).map((part) => part.minutes)).toEqual([60]);
  });

  test('gives an address exactly to the tasks that have a lesson', () => {
    const tasks = courseOf(plan, [lesson]).parts.flatMap((part) => part.tasks);
    expect(tasks.filter((task) => task.href !== undefined)).toEqual([
      { id: '1.3', title: lesson.title, part: '1', href: '/fr/1.3/', minutes: 30 },
    ]);
  });

  test('refuses a lesson for an unknown task', () => {
    expect(() => courseOf(plan, [{ task: '9.9', title: 'Ailleurs', minutes: 5 }])).toThrow(
      'content/course.json ne connaît pas la tâche 9.9',
    );
  });
});

describe('neighboursOf', () => {
  test('continue from part to part', () => {
    const course = courseOf(plan, [lesson]);
    expect(neighboursOf(course, '1.5').next?.id).toBe('2.1');
    expect(neighboursOf(course, '2.1').previous?.id).toBe('1.5');
    expect(neighboursOf(course, '1.3').position).toBe(3);
  });

  test('the welcome comes before the first task', () => {
    const course = courseOf(plan, [lesson], { title: 'Bienvenue', minutes: 10 });
    expect(neighboursOf(course, '1.1').previous).toEqual({ title: 'Bienvenue', minutes: 10, href: '/fr/bienvenue/' });
    expect(neighboursOf(course, '2.1').previous?.id).toBe('1.5');
  });

  test('without a welcome, the first task has no previous stop; the last has no next stop', () => {
    const course = courseOf(plan, []);
    expect(neighboursOf(course, '1.1').previous).toBeUndefined();
    expect(neighboursOf(course, '5.3').next).toBeUndefined();
  });
});
