import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../server/environment.ts';
import { openServices, type Services } from '../../../server/services.ts';
import { openStateFolder, type StateFolder } from '../../../server/state/state-folder.ts';
import { tryLockState } from '../../../server/state/state-lock.ts';

const environment = readEnvironment({ HOME: '/nowhere', DOCKER_HOST: 'unix:///nowhere/docker.sock' });
let folder: StateFolder;
beforeEach(() => {
  folder = openStateFolder(mkdtempSync(join(tmpdir(), 'escale-services-')));
});
afterEach(() => rmSync(folder.dir, { recursive: true, force: true }));

function open(config: string): Services {
  writeFileSync(join(folder.dir, 'config.json'), config);
  const lock = tryLockState(folder, 'test');
  if (lock === null) throw new Error(`${folder.dir} is locked`);
  return openServices({ folder, lock, environment });
}

describe('the services of a state folder', () => {
  it.each([
    ['{}', ['info', 'warn']],
    ['{"logLevel": "debug"}', ['debug', 'info', 'warn']],
    ['{"logLevel": "warn"}', ['warn']],
    ['{"logLevel": "silent"}', []],
  ])('log by the configuration %s', (config, expected) => {
    const services = open(config);
    for (const level of ['debug', 'info', 'warn'] as const) services.log[level](`said-${level}`);
    services.close();
    const said = [...readFileSync(folder.log, 'utf8').matchAll(/"said-(\w+)"/g)].map(([, level]) => level);
    expect(said).toEqual(expected);
  });

  it('let go of the folder when its configuration is refused', () => {
    expect(() => open('{"logLevel": "loud"}')).toThrow(
      expect.objectContaining({ code: 'config.invalid', message: expect.stringContaining('« warn », « error » ou « silent »') }),
    );
    open('{}').close();
  });
});
