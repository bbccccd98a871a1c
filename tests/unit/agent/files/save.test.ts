import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AgentConfig } from '../../../../agent/config.ts';
import { readContent } from '../../../../agent/files/content.ts';
import { saveContent } from '../../../../agent/files/save.ts';
import { agentConfig, quickFolder } from '../../../support/agent-config.ts';

let home: string;
let config: AgentConfig;

beforeAll(async () => {
  home = await quickFolder();
  await mkdir(`${home}/project`);
  config = agentConfig(home);
});
afterAll(() => rm(home, { recursive: true }));

it('loses no line that a shell adds at any instant of a save', { timeout: 30_000 }, async () => {
  const at = `${config.project}/notes.txt`;
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  let refused = 0;
  for (let turns = 0; turns < 120; turns += 1) {
    writeFileSync(at, 'one\n');
    const { version } = await readContent(config, 'notes.txt');
    const saved = saveContent(config, { path: 'notes.txt', text: 'mine\n', version }).then(
      () => true,
      () => false,
    );
    for (let i = 0; i < turns; i += 1) await turn();
    appendFileSync(at, 'x\n');
    if (!(await saved)) refused += 1;
    expect(['one\nx\n', 'mine\nx\n']).toContain(readFileSync(at, 'utf8'));
    expect(readdirSync(config.project)).toEqual(['notes.txt']);
  }
  expect(refused).toBeGreaterThan(0);
});
