import { expect, it } from 'vitest';
import { apiCause } from '../../../../../../server/checkpoints/readers/api/api-cause.ts';
import { apiContainer } from '../../../../../../server/checkpoints/readers/api/the-api.ts';
import { apiView } from '../../fakes/api-subject.ts';

const trace = (line: number, error: string) =>
  `Traceback (most recent call last):\n  File "/app/main.py", line ${line}, in <module>\n${error}\n`;

it.each([
  ['the name of a module', 'ERROR:    Error loading ASGI app. Could not import module "app".', 'api.import-string', 'api/Dockerfile:7'],
  ['a package around it', trace(1, "ModuleNotFoundError: No module named 'main'"), 'api.import-string', 'api/Dockerfile:7'],
  [
    'the name of a variable',
    'ERROR:    Error loading ASGI app. Attribute "app" not found in module "main".',
    'api.app-absent',
    'api/Dockerfile:7',
  ],
  ['no name of a variable', 'Import string "main" must be in format "<module>:<attribute>".', 'api.import-string', 'api/Dockerfile:7'],
  ['a module of its own', trace(1, "ModuleNotFoundError: No module named 'cache'"), 'api.not-copied', 'api/Dockerfile:5'],
  ['a package', trace(1, "ModuleNotFoundError: No module named 'psycopg2'"), 'api.module-missing', 'api/requirements.txt:'],
  ['a line of code', '  File "/app/main.py", line 3\n    def f()\nSyntaxError: expected \':\'', 'api.syntax', 'api/main.py:3'],
  ['an id that FastAPI refuses', "AssertionError: Cannot use `FieldInfo` for path param 'user_id'", 'api.annotated', 'api/main.py:'],
  ['a variable', trace(2, "KeyError: 'REDIS_HOST'"), 'api.variable-missing', 'docker-compose.yml:'],
  ['anything else', trace(4, 'ValueError: no'), 'api.crashed', 'api/main.py:4'],
])('finds the cause of a crash: %s', async (_, log, code, place) => {
  const view = apiView({ files: { 'api/cache.py': 'x = 1\n' } });
  const cause = await apiCause(view, await apiContainer(view), log);
  expect(cause.code).toBe(code);
  expect(`${cause.where.file}:${cause.where.line ?? ''}`).toContain(place);
});

it('blames the image if the code was mended since it was built', async () => {
  const view = apiView({ older: '/app/main.py' });
  const cause = await apiCause(view, await apiContainer(view), trace(4, 'ValueError: no'));
  expect(cause).toMatchObject({ code: 'api.image-older', where: { file: 'api/main.py' } });
});
