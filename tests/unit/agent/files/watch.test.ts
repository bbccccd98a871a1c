import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, it } from 'vitest';
import { readConfig } from '../../../../agent/config.ts';
import { ProjectWatch } from '../../../../agent/files/watch.ts';

let watch: ProjectWatch;
afterEach(() => watch.close());

it('scans the whole project when it cannot watch every folder', async () => {
  const home = await mkdtemp(`${tmpdir()}/escale-watch-`);
  const config = readConfig({ ESCALE_AGENT_TOKEN: 'x'.repeat(40), ESCALE_HOME: home, ESCALE_PROJECT: `${home}/project` });
  await mkdir(`${home}/project/a/b`, { recursive: true });
  const told = Promise.withResolvers<string[]>();
  watch = new ProjectWatch(config, told.resolve, 1);
  await watch.start();
  setTimeout(() => void writeFile(`${home}/project/a/b/deep`, 'x'), 500);
  expect(await told.promise).toEqual(['.']);
  await rm(home, { recursive: true });
}, 15_000);
