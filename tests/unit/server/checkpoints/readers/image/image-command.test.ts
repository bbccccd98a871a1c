import { describe, expect, it } from 'vitest';
import { imageCommand } from '../../../../../../server/checkpoints/readers/image/image-command.ts';
import { solutionImage, solutionSubject } from '../../fakes/solution-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const PROGRAMS = [
  '/bin/sh',
  '/bin/bash',
  '/bin/echo',
  '/bin/cat',
  '/usr/bin/tini',
  '/usr/bin/env',
  '/usr/sbin/gosu',
  '/usr/local/bin/uv',
  '/bin/sleep',
];

/** What an image with this command runs. `files`: what it has beside the solution. */
async function ran(command: { entrypoint?: string[]; cmd?: string[] }, files: Record<string, string> = {}) {
  const subject = await solutionSubject();
  for (const path of PROGRAMS) subject.engine.files.set(path, '\0ELF');
  subject.engine.files.set(
    '/usr/local/bin/wait-for-it.sh',
    '#!/bin/bash\nCLI=("$@")\nuntil nc -z "$HOST"; do sleep 1; done\nexec "$CLI"\n',
  );
  for (const [path, text] of Object.entries(files)) subject.engine.files.set(path, text);
  return imageCommand(viewOf(subject), {
    ...solutionImage(),
    entrypoint: [],
    cmd: [],
    ...command,
    env: ['PATH=/usr/local/bin:/usr/sbin:/usr/bin:/bin'],
  });
}
const PIPELINE = ['python', 'etl_pipeline.py'];
const shell = (text: string) => ['/bin/sh', '-c', text];

describe('imageCommand', () => {
  it.each([
    { cmd: PIPELINE },
    { cmd: ['python', '-u', '-W', 'ignore', '/app/etl_pipeline.py'] },
    { cmd: ['python', '-m', 'etl_pipeline'] },
    { cmd: ['python', '-um', 'etl_pipeline'] },
    { cmd: ['python', '-c', 'import etl_pipeline; etl_pipeline.main()'] },
    { cmd: ['./etl_pipeline.py'] },
    { cmd: ['sh', '-c', 'python etl_pipeline.py'] },
    { cmd: ['bash', '-euo', 'pipefail', '-c', 'cd /app && python etl_pipeline.py'] },
    { cmd: shell('cd /app; PYTHONUNBUFFERED=1 exec python etl_pipeline.py >> logs/out.log 2>&1') },
    { cmd: shell('if [ -z "$SKIP" ]; then python etl_pipeline.py; fi') },
    { entrypoint: ['bash', '-lc', 'exec python etl_pipeline.py'] },
    { entrypoint: ['bash', '-lc', 'exec "$0" "$@"'], cmd: PIPELINE },
    { entrypoint: ['sh', '-c', 'exec "$@"', '--'], cmd: PIPELINE },
    { entrypoint: ['tini', '--'], cmd: PIPELINE },
    { entrypoint: ['/usr/bin/tini', '-g', '--', 'gosu', 'etl'], cmd: PIPELINE },
    { entrypoint: ['env', 'LANG=C.UTF-8'], cmd: PIPELINE },
    { cmd: ['uv', 'run', 'python', 'etl_pipeline.py'] },
    { cmd: ['wait-for-it.sh', 'postgres:5432', '--', ...PIPELINE] },
    { entrypoint: ['python'], cmd: ['etl_pipeline.py'] },
  ])('sees that $entrypoint $cmd starts the pipeline', async (command) => {
    const files = { '/app/etl_pipeline.py': '#!/usr/bin/env python\nfrom src.load import load\n' };
    expect((await ran(command, files)).state).toBe('starts');
  });

  it.each([
    ['#!/bin/sh\nset -e\necho "démarrage de $@"\nexec "$@"\n'],
    ['#!/bin/bash\nmkdir -p logs # python\nexec python etl_pipeline.py\n'],
    ['#!/bin/sh\nif [ "$1" = "etl" ]; then\n  shift\nfi\nexec $*\n'],
    ['#!/bin/sh\nexec gosu etl "$@"\n'],
    ['#!/bin/sh\nset -- tini -- "$@"\nexec "$@"\n'],
    ['#!/usr/bin/env python3\nfrom etl_pipeline import main\nmain()\n'],
  ])('follows the entry point script %j', async (script) => {
    expect((await ran({ entrypoint: ['./start.sh'], cmd: PIPELINE }, { '/app/start.sh': script })).state).toBe('starts');
  });

  it.each([
    [{ cmd: ['echo', 'etl_pipeline.py'] }],
    [{ cmd: ['cat', 'etl_pipeline.py'] }],
    [{ cmd: ['python', '--version', 'etl_pipeline.py'] }],
    [{ cmd: shell('echo python etl_pipeline.py') }],
    [{ cmd: ['sh', '-c', 'sleep 5; echo etl_pipeline.py'] }],
    [{ cmd: shell('# python etl_pipeline.py\nsleep 1') }],
    [{ entrypoint: ['echo'], cmd: PIPELINE }],
    [{ cmd: ['python3'] }],
  ])('is not misled by the name of the pipeline in %j', async (command) => {
    expect((await ran(command, { '/usr/local/bin/python3': '' })).state).toBe('other');
  });

  it.each([['#!/bin/sh\necho "pipeline"\n'], ['#!/bin/sh\necho "je lance $@"\n'], ['#!/bin/sh\n# exec "$@"\nmkdir -p logs\n']])(
    'names the script %j, which drops the command',
    async (script) => {
      const found = await ran({ entrypoint: ['./start.sh'], cmd: PIPELINE }, { '/app/start.sh': script });
      expect(found).toEqual({ state: 'arguments-unused', path: '/app/start.sh' });
    },
  );

  it.each([
    [{ entrypoint: ['/app/start.sh'], cmd: PIPELINE }],
    [{ cmd: ['sh', 'start.sh'] }],
    [{ cmd: shell('./start.sh') }],
    [{ cmd: ['tini', '--', '/app/start.sh'] }],
  ])('names the line ends of Windows for %j', async (command) => {
    const found = await ran(command, { '/app/start.sh': '#!/bin/sh\r\nexec python etl_pipeline.py\r\n' });
    expect(found).toEqual({ state: 'crlf', path: '/app/start.sh' });
  });

  it.each([
    [{ cmd: ['python etl_pipeline.py'] }, 'python etl_pipeline.py'],
    [{ entrypoint: ['python -u'], cmd: ['etl_pipeline.py'] }, 'python -u'],
    [{ cmd: ['python', 'etl_pipeline.py --once'] }, 'etl_pipeline.py --once'],
  ])('sees several words in one in %j', async (command, word) => {
    expect(await ran(command)).toEqual({ state: 'one-word', command: word });
  });

  it.each([
    [{ cmd: ['pythonx', 'etl_pipeline.py'] }, { state: 'program-missing', program: 'pythonx' }],
    [{ cmd: ['python', 'etl_pipelin.py'] }, { state: 'file-missing', path: '/app/etl_pipelin.py' }],
    [{ cmd: ['python', '-m', 'app.etl_pipeline'] }, { state: 'file-missing', path: '/app/app/etl_pipeline.py' }],
    [{ cmd: shell('cd src && python etl_pipeline.py') }, { state: 'file-missing', path: '/app/src/etl_pipeline.py' }],
    [{ cmd: shell("['python', 'etl_pipeline.py']") }, { state: 'single-quotes', command: "['python', 'etl_pipeline.py']" }],
    [
      { entrypoint: shell('python'), cmd: ['etl_pipeline.py'] },
      { state: 'arguments-lost', command: 'python' },
    ],
  ])('says of %j what is wrong', async (command, found) => {
    expect(await ran(command)).toEqual(found);
  });
});
