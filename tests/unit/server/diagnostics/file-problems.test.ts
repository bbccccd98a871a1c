import { describe, expect, it } from 'vitest';
import type { ExecStart } from '../../../../contract/agent.ts';
import { fileProblems } from '../../../../server/diagnostics/file-problems.ts';
import type { LabAgent } from '../../../../server/labs/agents/definitions.ts';
import { fakeAgent } from '../fakes/fake-agent.ts';

/** A lab whose programs print the given output. */
function lab(printed: { stdout?: string; stderr?: string; code?: number; timedOut?: boolean }): { agent: LabAgent; ran: ExecStart[] } {
  const ran: ExecStart[] = [];
  const agent = fakeAgent({
    exec: async (start) => {
      ran.push(start);
      return { code: 0, timedOut: false, stdout: '', stderr: '', truncated: false, ...printed };
    },
    readFile: async (path) => ({ path, version: 'v', size: 1, text: 'services: {}\n' }),
  });
  return { agent, ran };
}

describe('problems of a file', () => {
  it('sends nothing to the lab for a file without a linter', async () => {
    for (const path of ['etl_pipeline.py', 'Dockerfiles/readme.md', 'config/config.yaml', 'my-compose.txt'])
      expect(await fileProblems(fakeAgent(), path)).toEqual({ by: null, problems: [] });
  });

  it('runs hadolint in the file’s own folder, as the learner, and keeps its texts', async () => {
    const { agent, ran } = lab({
      stdout: JSON.stringify([
        { code: 'SC2086', line: 0, column: 1, level: 'style', message: 'Double quote', file: 'x' },
        { code: 'DL3007', line: 4, column: 1, level: 'warning', message: 'Using latest', file: 'x' },
      ]),
    });
    expect(await fileProblems(agent, 'docker/api.Dockerfile')).toEqual({
      by: 'hadolint',
      problems: [
        { code: 'SC2086', line: 1, column: 1, severity: 'info', message: 'Double quote' },
        { code: 'DL3007', line: 4, column: 1, severity: 'warning', message: expect.stringContaining('`latest` change') },
      ],
    });
    expect(ran).toMatchObject([{ user: 'dataeng', cwd: 'docker', timeoutMs: 15_000 }]);
    expect(ran[0]?.argv.at(-1)).toBe('./api.Dockerfile');
  });

  it('checks an override together with the file that it completes', async () => {
    const { agent, ran } = lab({});
    await fileProblems(agent, 'docker-compose.yml');
    await fileProblems(agent, 'docker-compose.override.yml');
    expect(ran[0]?.argv).toContain('./docker-compose.yml');
    expect(ran[1]?.argv).not.toContain('-f');
  });

  it.each([[{ timedOut: true, code: 124 }], [{ code: 127 }], [{ stdout: 'hadolint: out of memory' }], [{ stdout: '[{"line":"1"}]' }]])(
    'reports that the file was not checked: %j',
    async (printed) => {
      await expect(fileProblems(lab(printed).agent, 'Dockerfile')).rejects.toMatchObject({
        code: 'unavailable.linter',
        kind: 'unavailable',
      });
    },
  );

  it('returns at most a hundred problems', async () => {
    const finding = { code: 'DL1', line: 1, column: 1, level: 'error', message: 'x' };
    const { agent } = lab({ stdout: JSON.stringify(Array.from({ length: 500 }, () => finding)) });
    expect((await fileProblems(agent, 'Dockerfile')).problems).toHaveLength(100);
  });
});
