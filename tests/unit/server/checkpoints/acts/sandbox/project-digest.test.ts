import { appendFile, chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programDigest, projectDigest } from '../../../../../../server/checkpoints/acts/sandbox/project-digest.ts';
import type { ProjectFiles } from '../../../../../../server/checkpoints/definitions.ts';
import { runTool } from '../../../../../../server/checkpoints/run-tool.ts';
import { projectAfter } from '../../../../../../server/projects/project-states.ts';
import { FakeEngine } from '../../fakes/fake-engine.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'escale-digest-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(task: string): Promise<void> {
  for (const [path, entry] of await projectAfter(task)) {
    if (entry.kind === 'folder') await mkdir(join(folder, path), { recursive: true });
    else if (entry.kind === 'file') await write(path, entry.content.toString());
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function append(path: string, text: string): Promise<void> {
  await appendFile(join(folder, path), text);
}

function look() {
  const project: ProjectFiles = {
    read: async () => null,
    entries: async () => [],
    run: (argv, options) => runTool(folder, argv, options),
  };
  return viewOf({ engine: new FakeEngine(), network: noNetwork, project, environment: null, now: Date.now });
}

/** Each digest starts two programs, which takes seconds on a busy machine. */
const SLOW = { timeout: 120_000 };
const program = () => programDigest(look());
const project = () => projectDigest(look());

describe('the digest of the program', SLOW, () => {
  it('is the same after each later task, played as written', async () => {
    await put('1.2');
    const before = await program();
    for (const task of ['1.3', '1.4', '1.5']) {
      await put(task);
      expect(await program(), task).toBe(before);
    }
  });

  it('does not change with times, permissions, what runs and tools leave, nor with what the program does not use', async () => {
    await put('1.2');
    const before = await program();
    await utimes(join(folder, 'etl_pipeline.py'), 0, 0);
    await chmod(join(folder, 'src/load.py'), 0o664);
    await rename(join(folder, 'src/extract.py'), join(folder, 'away'));
    await rename(join(folder, 'away'), join(folder, 'src/extract.py'));
    const beside = ['data/raw/users.json', 'logs/etl.log', 'src/__pycache__/load.cpython-311.pyc', '.vscode/settings.json', 'src/load.py~'];
    const unused = ['src/report.py', 'notes.txt', 'config/README.md', 'Dockerfile', 'docker-compose.yml', '.env'];
    for (const path of [...beside, ...unused]) await write(path, 'autre chose');
    expect(await program()).toBe(before);
  });

  it('changes with the program, its modules, its packages and the files that it names', async () => {
    await put('1.2');
    const used = ['etl_pipeline.py', 'src/load.py', 'src/__init__.py', 'requirements.txt', 'config/config.yaml', 'config/more.csv'];
    const hides = 'yaml.py';
    for (const path of [...used, hides]) {
      const before = await program();
      await append(path, '# autre chose\n');
      expect(await program(), path).not.toBe(before);
    }
  });

  it('follows imports, lists of packages and names of files as far as they lead', async () => {
    const files = {
      'etl_pipeline.py': 'def main():\n    from src.steps import load\n',
      'src/steps/load.py': 'from ..tools import connect\n',
      'src/tools.py': 'import helper\nconnect = open("sql/all.ini").read\n',
      'lib/helper.py': '',
      'sql/all.ini': 'first = schema.ddl',
      'schema.ddl': 'CREATE TABLE t ()',
      'requirements.txt': '-r pins/base.txt\n',
      'pins/base.txt': '-c limits.txt\n',
      'pins/limits.txt': 'pandas==2.1.3\n',
    };
    for (const [path, text] of Object.entries(files)) await write(path, text);
    for (const path of Object.keys(files)) {
      const before = await program();
      await append(path, '\n# autre chose\n');
      expect(await program(), path).not.toBe(before);
    }
  });

  it.each([
    ['loads modules by name', 'import importlib\n', 'src/report.py'],
    ['starts another program', 'import subprocess\n', 'tools/report.py'],
    ['cannot be parsed', 'def\n', 'src/report.py'],
    ['lists folders', 'from pathlib import Path\nPath(".").glob("*")\n', 'notes.txt'],
  ])('has everything that may count if the program %s', async (_, code, path) => {
    await write('etl_pipeline.py', code);
    const before = await program();
    await write(path, 'x = 1');
    expect(await program()).not.toBe(before);
  });

  it('is that of a project without a program too', async () => {
    const before = await program();
    await write('etl_pipeline.py', '');
    expect(await program()).not.toBe(before);
  });
});

describe('the digest of the project', SLOW, () => {
  it('comes back when the work is put back, whatever runs and tools left', async () => {
    await put('1.4');
    await write('README.md', 'x');
    const before = await project();
    await write('.env', 'POSTGRES_PASSWORD=Un-autre-mot\n');
    expect(await project()).not.toBe(before);
    await put('1.4');
    for (const path of ['data/raw/users.json', 'logs/etl.log', '.vscode/settings.json', 'docker-compose.yml~']) await write(path, 'x');
    await write('README.md', 'Le texte d’une page, que rien ne lit');
    await utimes(join(folder, 'docker-compose.yml'), 0, 0);
    await chmod(join(folder, 'docker-compose.yml'), 0o664);
    expect(await project()).toBe(before);
  });

  it('changes with every file and folder that a build or a service may use', async () => {
    await put('1.4');
    await symlink('Dockerfile', join(folder, 'link'));
    const changes: Record<string, () => Promise<unknown>> = {
      'the Compose file': () => append('docker-compose.yml', '# autre chose\n'),
      'the Dockerfile': () => append('Dockerfile', '# autre chose\n'),
      'what the build leaves out': () => append('.dockerignore', 'src\n'),
      'a script that may run': () => chmod(join(folder, 'etl_pipeline.py'), 0o755),
      'a file that only its owner reads': () => chmod(join(folder, 'config/config.yaml'), 0o600),
      'a new folder': () => mkdir(join(folder, 'init')),
      'a folder that is gone': () => rm(join(folder, 'data/raw'), { recursive: true }),
      'where a link leads': async () => rm(join(folder, 'link')).then(() => symlink('docker-compose.yml', join(folder, 'link'))),
      'a module that the program does not load': () => write('src/report.py', ''),
    };
    for (const [what, change] of Object.entries(changes)) {
      const before = await project();
      await change();
      expect(await project(), what).not.toBe(before);
    }
  });
});
