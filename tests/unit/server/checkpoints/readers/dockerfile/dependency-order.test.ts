import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../../../../../../server/checkpoints/readers/dockerfile/dependency-order.ts';
import { parseDockerfile } from '../../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';

const CODE = ['etl_pipeline.py', 'pipeline/load.py', 'jobs/deep/run.py'];
const order = (...lines: string[]) => dependencyOrder(parseDockerfile(['FROM python:3.11-slim', ...lines].join('\n')), CODE).state;

describe('dependencyOrder', () => {
  it.each([
    [['COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY . .']],
    [['COPY ./requirements.txt ./', 'RUN python -m pip install --no-cache-dir -r requirements.txt']],
    [['RUN --mount=type=bind,source=requirements.txt,target=r.txt pip install -r r.txt', 'COPY src/ src/']],
    [['COPY pyproject.toml uv.lock ./', 'RUN uv sync --frozen', 'COPY . .']],
    [['RUN pip install pandas==2.1.3', 'COPY . .']],
    [['RUN pip install --upgrade pip', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt']],
    [['COPY requirements/ requirements/', 'RUN pip install -r requirements/base.txt', 'COPY . .']],
    [['COPY ["requirements.txt", "./"]', 'RUN pip install -r requirements.txt']],
    [['COPY requirements.txt .', 'RUN pip install -r requirements.txt', 'COPY . .', 'RUN pip install --no-deps .']],
    [['COPY pyproject.toml poetry.lock ./', 'RUN poetry install --no-root', 'COPY pipeline pipeline', 'RUN poetry install']],
    [['RUN pip install poetry && poetry config virtualenvs.create false', 'COPY pyproject.toml .', 'RUN poetry install', 'COPY . .']],
    [['COPY requirements.txt .', 'RUN ["pip", "install", "-r", "requirements.txt"]', 'COPY . .']],
    [['COPY requirements.txt .', 'RUN ["sh", "-c", "pip install -r requirements.txt"]', 'COPY . .']],
    [
      [
        'RUN apt-get update && apt-get install -y gcc python3-pip',
        'COPY requirements.txt .',
        'RUN pip install -rrequirements.txt',
        'COPY . .',
      ],
    ],
  ])('accepts %j', (lines) => {
    expect(order(...lines)).toBe('dependencies-first');
  });

  it.each([
    [['COPY . .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['COPY . /app', 'RUN cd /app && pip install -r requirements.txt'], 'code-first'],
    [['COPY requirements.txt etl_pipeline.py ./', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['COPY src/ src/', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['ADD . .', 'RUN pip3 install -r requirements.txt'], 'code-first'],
    [['RUN pip install psycopg2-binary==2.9.9', 'COPY . .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['RUN poetry config virtualenvs.create false', 'COPY . .', 'RUN poetry install'], 'code-first'],
    [['RUN pip config set global.timeout 60', 'COPY . .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['RUN python -m pip install --upgrade pip wheel', 'COPY . .', 'RUN python -m pip install -r requirements.txt'], 'code-first'],
    [['RUN pip install pandas', 'COPY . .', 'RUN pip install sqlalchemy'], 'code-first'],
    [['COPY pipeline/ pipeline/', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['COPY jobs /app/jobs', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['ARG FOLDER=pipeline', 'COPY $FOLDER ./', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['COPY pip*e .', 'COPY requirements.txt .', 'RUN pip install -r requirements.txt'], 'code-first'],
    [['COPY . .', 'RUN uv pip install --system -r requirements.txt'], 'code-first'],
    [['COPY . .', 'RUN pip-sync requirements.txt'], 'code-first'],
    [['COPY . .', 'RUN ["sh", "-c", "pip install -r requirements.txt"]'], 'code-first'],
    [['RUN pip install -r requirements.txt', 'COPY . .'], 'list-missing'],
    [['COPY . .'], 'no-install'],
  ])('names %j', (lines, state) => {
    expect(order(...lines)).toBe(state);
  });

  it('looks in the stage that installs', () => {
    expect(
      order(
        'COPY . .',
        'RUN pip wheel -r requirements.txt',
        'FROM python:3.11-slim',
        'COPY requirements.txt .',
        'RUN pip install -r requirements.txt',
      ),
    ).toBe('code-first');
  });
});
