import { existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import course from '../../../content/course.json' with { type: 'json' };
import plan from '../../../content/plan.json' with { type: 'json' };
import { readRecording } from '../../../contract/recording.ts';
import { linesOf, mentionsIn, ROOT, read, shownFiles, solutionFiles } from './lesson-source.ts';

const TASKS = globSync('content/fr/*/*.mdx', { cwd: ROOT }).sort();
const ALL = [...TASKS, 'content/fr/bienvenue.mdx'];

/** Commands that do not end by themselves. Tests type a lesson's commands, so each must end before the next. */
const ENDLESS = /^(?:nano|vim?|less|top|watch)\b|\bpsql(?!.* -c)|docker stats(?!.*--no-stream)|system prune(?!.*(?:-f|--force))/;

const nameOf = (file: string) => basename(file, '.mdx');

describe.each(TASKS)('%s', (file) => {
  const lesson = read(file);

  it('shows every line of every file of its solution in its steps', () => {
    const steps = [...lesson.matchAll(/<Steps>[\s\S]*?<\/Steps>/g)].join('\n');
    const shown = shownFiles(lesson, steps);
    const paths = new Set([...solutionFiles(nameOf(file)), ...shownFiles(lesson, lesson).map(({ path }) => path)]);
    for (const path of paths) {
      const pieces = shown.filter((one) => one.path === path);
      const seen = new Set(pieces.flatMap(({ lines }) => lines));
      const missing = linesOf(path).filter(({ number }) => !seen.has(number));
      expect(missing, path).toEqual([]);
    }
  });

  it('has its four parts in order', () => {
    expect([...lesson.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual(['Pourquoi', 'Faire', 'Observer', 'Vérifier']);
  });
});

describe.each(ALL)('the commands of %s', (file) => {
  const lesson = read(file);
  const mentions = mentionsIn(lesson);
  const commands = mentions.filter(({ kind }) => kind === 'command').map(({ text }) => text);
  const recording = `content/outputs/${nameOf(file)}.txt`;
  const steps = existsSync(join(ROOT, recording)) ? readRecording(read(recording)) : [];

  it('can be typed into a terminal unchanged, and end by themselves', () => {
    expect(commands.length).toBeGreaterThan(0);
    expect(mentions.length).toBe([...lesson.matchAll(/<(?:Command|Output)\b/g)].length);
    expect(commands.filter((command) => /[\u00a0\u202f’‘“”\n]/.test(command))).toEqual([]);
    expect(commands.filter((command) => ENDLESS.test(command))).toEqual([]);
  });

  it('are all played by its recording, in order', () => {
    const played = steps.map(({ command }) => command);
    let from = 0;
    for (const command of commands) {
      const at = played.indexOf(command, from);
      expect(at, `${command} is not played after « ${played[from - 1] ?? 'the start'} »`).toBeGreaterThanOrEqual(0);
      from = at + 1;
    }
  });

  it('are followed by their own recorded output', () => {
    const shown = mentions.flatMap(({ kind, text }, index) => (kind === 'output' ? [{ of: text, after: mentions[index - 1]?.text }] : []));
    const named = steps.filter(({ name }) => name !== undefined);
    expect(shown.map(({ of }) => of)).toEqual(named.map(({ name }) => `${nameOf(file)}/${name}`));
    expect(shown.map(({ after }) => after)).toEqual(named.map(({ command }) => command));
    expect(named.filter(({ output }) => output === '')).toEqual([]);
  });
});

describe.each(TASKS)('the criteria of %s', (file) => {
  it('are each in its front matter, with what is looked at and where it is taught', () => {
    const { criteria } = parse(/^---\n(.*?)\n---/s.exec(read(file))?.[1] ?? '');
    expect(Object.keys(criteria)).toEqual(plan.criteria.filter(({ task }) => task === nameOf(file)).map(({ id }) => id));
  });
});

describe('the planned time of the lessons', () => {
  const minutes = (file: string) => Number(/^minutes: (\d+)$/m.exec(read(file))?.[1]);

  it.each(course.parts)('of part $id equals the brief’s, once all its lessons exist', (part) => {
    const written = TASKS.filter((file) => part.tasks.some(({ id }) => id === nameOf(file)));
    const sum = written.reduce((total, file) => total + minutes(file), 0);
    if (written.length === part.tasks.length) expect(sum).toBe(part.minutes);
    else expect(sum).toBeLessThan(part.minutes);
  });
});
