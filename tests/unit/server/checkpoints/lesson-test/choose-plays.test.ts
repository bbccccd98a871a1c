import { describe, expect, it } from 'vitest';
import { choosePlays } from '../../../../../server/checkpoints/lesson-test/choose-plays.ts';
import type { Play } from '../../../../../server/checkpoints/lesson-test/list-plays.ts';

function one(
  kind: Play['kind'],
  name: string,
  given: { commands?: string[]; fails?: string[]; trials?: boolean; task?: string } = {},
): Play {
  const commands = given.commands ?? [];
  const project = new Map();
  const trials = given.trials ?? false;
  const fails = (given.fails ?? []).map((criterion) => ({ criterion, code: 'x', text: [] }));
  return {
    kind,
    name,
    tasks: [given.task ?? '1.3'],
    project,
    commands,
    trials,
    described: { what: name, name, project, commands, fails, remarks: [] },
  };
}

const build = ['docker build .'];
const plays = [
  one('starter', 'départ'),
  one('solution', 'solution', { commands: build }),
  one('mistake', 'in-the-file', { fails: ['1.3/dockerfile'] }),
  one('mistake', 'root', { commands: build, fails: ['1.3/non-root'] }),
  one('mistake', 'root-again', { commands: build, fails: ['1.3/non-root'] }),
  one('mistake', 'health-imports', { fails: ['1.3/healthcheck-trial'], trials: true }),
  one('mistake', 'health-late', { fails: ['1.3/healthcheck-trial'], trials: true }),
  one('mistake', 'build-fails', { commands: build, fails: ['1.4/up'], task: '1.4' }),
  one('variant', 'module'),
  one('solution', 'last solution', { commands: build, task: '1.5' }),
  one('end', 'fin de partie', { commands: build, trials: true }),
];
const names = (chosen: readonly Play[]) => chosen.map(({ name }) => name);

describe('the choice of plays', () => {
  it('is all of them when nothing is asked', () => {
    expect(choosePlays(plays, {})).toEqual(plays);
  });

  it('when quick: every starter and file-only mistake, one live mistake for each task, and the end of a part in place of its solutions', () => {
    const quick = choosePlays(plays, { quick: true });
    expect(names(quick)).toEqual(['départ', 'in-the-file', 'root', 'build-fails', 'last solution', 'fin de partie']);
    expect(quick.at(-1)?.trials).toBe(true);
  });

  it('deals shares that hold each play once', () => {
    const shares = [1, 2, 3].map((index) => names(choosePlays(plays, { shard: { index, of: 3 } })));
    expect(shares.map(({ length }) => length)).toEqual([4, 4, 3]);
    expect(shares.flat().sort()).toEqual(names(plays).sort());
  });

  it('takes parts of names', () => {
    expect(names(choosePlays(plays, { only: ['root', 'modul'] }))).toEqual(['root', 'root-again', 'module']);
  });
});
