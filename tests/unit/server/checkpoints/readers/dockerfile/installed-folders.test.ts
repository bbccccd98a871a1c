import { expect, it } from 'vitest';
import { finalImage } from '../../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { installedFolders } from '../../../../../../server/checkpoints/readers/dockerfile/installed-folders.ts';
import { parseDockerfile } from '../../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';

it.each([
  [['RUN pip install -r requirements.txt', 'COPY . .'], []],
  [['RUN python -m venv .venv && .venv/bin/pip install -r requirements.txt', 'ENV PATH=/app/.venv/bin:$PATH'], ['.venv']],
  [['ENV VIRTUAL_ENV=/app/env', 'RUN python -m venv $VIRTUAL_ENV'], ['env']],
  [['RUN uv sync --frozen', 'CMD ["uv", "run", "etl_pipeline.py"]'], ['.venv']],
  [['RUN pip install --target /app/libs -r requirements.txt', 'ENV PYTHONPATH=/app/libs:/app/src'], ['libs']],
  [['COPY --from=build /opt/venv /opt/venv', 'ENV PATH=/opt/venv/bin:$PATH'], ['venv']],
])('finds what a mount on /app would hide: %j', (lines, folders) => {
  const image = finalImage(parseDockerfile(['FROM python:3.11-slim', ...lines].join('\n')));
  expect(image && installedFolders(image).sort()).toEqual(folders);
});
