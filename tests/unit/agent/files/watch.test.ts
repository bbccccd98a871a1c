import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { readConfig } from '../../../../agent/config.ts';
import { ProjectWatch } from '../../../../agent/files/watch.ts';

let watch: ProjectWatch;
afterEach(() => watch.close());

it('scans the whole project when it cannot watch every folder', async () => {
  const home = await mkdtemp(`${tmpdir()}/escale-watch-`);
  const config = readConfig({ ESCALE_AGENT_TOKEN: 'x'.repeat(40), ESCALE_HOME: home, ESCALE_PROJECT: `${home}/project` });
  await mkdir(`${home}/project/a/b`, { recursive: true });
  const told = vi.fn();
  watch = new ProjectWatch(config, told, 1);
  await watch.start();
  // The first look may come after a write, and then takes what was written for what was there.
  let writes = 0;
  await vi.waitFor(
    async () => {
      await writeFile(`${home}/project/a/b/deep`, String(++writes));
      expect(told).toHaveBeenCalledWith(['.']);
    },
    { timeout: 14_000, interval: 200 },
  );
  await rm(home, { recursive: true });
}, 15_000);
