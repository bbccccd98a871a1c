import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseNpmRegistry, readNpmVariables } from '../../../../../server/images/host/npm-settings.ts';

const folder = await mkdtemp(join(tmpdir(), 'escale-npm-'));
const file = join(folder, 'npmrc');
await writeFile(file, 'audit=false\nregistry=https://file.example/npm/\n');
afterAll(() => rm(folder, { recursive: true }));

describe('parseNpmRegistry', () => {
  it('reads the registry of all packages, with variables filled in', () => {
    const text = `; registry=https://comment.example
@corp:registry=https://scope.example
registry = "https://\${HOST}/npm" ; ours
`;
    expect(parseNpmRegistry(text, { HOST: 'r.example' })).toBe('https://r.example/npm');
    expect(parseNpmRegistry('audit=false\n', {})).toBeUndefined();
  });
});

describe('readNpmVariables', () => {
  it("prefers the environment, which npm also sets for its scripts, to the user's file", async () => {
    const env = { npm_config_userconfig: file };
    expect(await readNpmVariables(env)).toEqual({ npm_config_registry: 'https://file.example/npm/' });
    const both = { ...env, npm_config_registry: 'https://env.example/' };
    expect(await readNpmVariables(both)).toEqual({ npm_config_registry: 'https://env.example/' });
  });

  it('leaves out an address with a password', async () => {
    const env = { npm_config_userconfig: file, npm_config_registry: 'https://me:secret@env.example/' };
    expect(await readNpmVariables(env)).toEqual({ npm_config_registry: 'https://file.example/npm/' });
  });
});
