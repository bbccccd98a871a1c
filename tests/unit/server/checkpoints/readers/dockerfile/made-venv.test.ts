import { expect, it } from 'vitest';
import { finalImage } from '../../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { makesVenv } from '../../../../../../server/checkpoints/readers/dockerfile/made-venv.ts';
import { parseDockerfile } from '../../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';

const makes = (path: string, ...lines: string[]) => {
  const image = finalImage(parseDockerfile(['FROM python:3.11-slim AS base', ...lines].join('\n')));
  return image !== null && makesVenv(image, path, '/app');
};

it.each([
  ['/app/.venv', ['RUN python -m venv .venv && .venv/bin/pip install -r requirements.txt']],
  ['/app/.venv', ['RUN python3 -m venv --copies /app/.venv']],
  ['/app/venv', ['RUN virtualenv venv']],
  ['/app/.venv', ['RUN ["python", "-m", "venv", "/app/.venv"]']],
  ['/app/.venv', ['RUN uv sync --frozen']],
  ['/app/.venv', ['ENV POETRY_VIRTUALENVS_IN_PROJECT=1', 'RUN poetry install --no-root']],
  ['/app/.venv', ['FROM python:3.11-slim', 'COPY --from=base /app/.venv /app/.venv']],
  ['/app/.venv', ['FROM python:3.11-slim', 'COPY --from=base /app /app']],
])('takes %s for a part of the image after %j', (path, lines) => {
  expect(makes(path, ...lines)).toBe(true);
});

it.each([
  ['/app/.venv', ['COPY . .']],
  ['/app/venv', ['COPY . .', 'RUN pip install -r requirements.txt']],
  ['/app/venv', ['RUN python -m venv /opt/venv', 'COPY . .']],
  ['/app/.venv', ['RUN uv pip install --system -r requirements.txt', 'COPY . .']],
  ['/app/.venv', ['FROM python:3.11-slim', 'COPY --from=base /opt/tool /opt/tool', 'COPY . .']],
])('takes %s for a copy of the learner’s own after %j', (path, lines) => {
  expect(makes(path, ...lines)).toBe(false);
});
