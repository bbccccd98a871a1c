import { expect, it } from 'vitest';
import { finalImage } from '../../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { parseDockerfile } from '../../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';
import { missingCode } from '../../../../../../server/checkpoints/readers/image/missing-code.ts';
import { solutionImage, solutionSubject } from '../../fakes/solution-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const ALL = ['/app/src/extract.py', '/app/src/transform.py', '/app/src/load.py', '/app/config/config.yaml'];

/** What an image with only these files lacks of the solution. */
async function lacks(inside: string[], dockerfile: string, ignore = '', env: string[] = []) {
  const subject = await solutionSubject();
  for (const path of ALL) subject.engine.files.delete(path);
  for (const path of inside) subject.engine.files.set(path, '');
  subject.files.set('.dockerignore', ignore);
  const wanted = finalImage(parseDockerfile(`FROM python:3.11-slim\nWORKDIR /app\n${dockerfile}\n`));
  if (wanted === null) throw new Error('no image');
  return missingCode(viewOf(subject), { ...solutionImage(), env: [...solutionImage().env, ...env] }, wanted, '/app/etl_pipeline.py');
}

it('has nothing to say of an image with all of the code', async () => {
  expect(await lacks(ALL, 'COPY . .')).toBeNull();
  expect(
    await lacks(['/opt/src/extract.py', '/opt/src/transform.py', '/opt/src/load.py', ALL[3] ?? ''], 'COPY . .', '', ['PYTHONPATH=/opt']),
  ).toBeNull();
  expect(await lacks([], 'COPY . .\nRUN pip install .')).toBeNull();
});

it.each([
  ['COPY src/ .', 3],
  ['COPY requirements.txt .\nCOPY ./src /app/', 4],
  ['COPY ["src", "./code/"]', 3],
  ['COPY --chown=1:1 src/ /app', 3],
])('names the COPY that flattens the folder: %j', async (dockerfile, line) => {
  const found = await lacks([], dockerfile);
  expect(found).toMatchObject({ file: 'src/extract.py', where: { file: 'Dockerfile', line } });
  expect(found?.why).toContain('copie le contenu de `src/`');
});

it.each([
  ['src', 'COPY . .', 1],
  ['.git\n**/*.py\n', 'COPY src/ src/', 2],
  ['src/*', 'COPY src/ src/', 1],
])('names the line of .dockerignore: %j', async (ignore, dockerfile, line) => {
  const found = await lacks([], dockerfile, ignore);
  expect(found).toMatchObject({ file: 'src/extract.py', where: { file: '.dockerignore', line } });
});

it('names the settings that .dockerignore hides', async () => {
  const found = await lacks(ALL.slice(0, 3), 'COPY config/ config/\nCOPY src/ src/', '**/*.yaml');
  expect(found).toMatchObject({ file: 'config/config.yaml', where: { file: '.dockerignore', line: 1 } });
});

it('says that no COPY brings the code, or that the image is older', async () => {
  expect((await lacks([], 'COPY etl_pipeline.py .'))?.why).toContain('aucun `COPY`');
  expect((await lacks(ALL.slice(1), 'COPY src/ src/'))?.look).toContain('docker build');
});
