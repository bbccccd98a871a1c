import { expect, it } from 'vitest';
import { changesWhatRuns } from '../../../../../../server/checkpoints/lesson-test/mutants/changes-what-runs.ts';
import { listMutants } from '../../../../../../server/checkpoints/lesson-test/mutants/list-mutants.ts';
import { fakeAgent } from '../../../fakes/fake-agent.ts';
import { projectOf } from '../cases/small-project.ts';

const SOLUTION = projectOf({ 'docker-compose.yml': 'a: 1\n', 'a.py': 'x = 1\n', Dockerfile: 'FROM a:1\n' });

async function changes(file: string, answers: string[]) {
  const asked: string[] = [];
  const agent = fakeAgent({
    exec: async ({ argv }, { stdin = '' } = {}) => {
      asked.push(`${argv[0]} ${stdin}`);
      return { code: 0, timedOut: false, stdout: answers.shift() ?? '', stderr: '', truncated: false };
    },
  });
  const mutant = listMutants(SOLUTION, [file]).find(({ kind }) => kind === 'value');
  if (mutant === undefined) throw new Error('no mutant');
  return { changed: await changesWhatRuns(agent, mutant, SOLUTION, new AbortController().signal), asked, put: agent.put.length };
}

it('compares what Compose resolves, with the project in place, and leaves the solution there', async () => {
  expect(await changes('docker-compose.yml', ['one', 'other'])).toMatchObject({ changed: true, asked: ['docker ', 'docker '], put: 2 });
  expect(await changes('docker-compose.yml', ['same', 'same'])).toMatchObject({ changed: false });
});

it('compares the trees of programs', async () => {
  expect(await changes('a.py', ['one', 'other'])).toMatchObject({ changed: true, asked: ['python3 x = 2\n', 'python3 x = 1\n'] });
  expect(await changes('a.py', ['same', 'same'])).toMatchObject({ changed: false });
});

it('asks nothing about a file that was compared before', async () => {
  expect(await changes('Dockerfile', [])).toEqual({ changed: true, asked: [], put: 0 });
});
