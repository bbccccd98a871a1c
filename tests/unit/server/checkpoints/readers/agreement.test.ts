import { describe, expect, it } from 'vitest';
import { finalImage } from '../../../../../server/checkpoints/readers/dockerfile/final-image.ts';
import { parseDockerfile } from '../../../../../server/checkpoints/readers/dockerfile/parse-dockerfile.ts';
import { agreementOf } from '../../../../../server/checkpoints/readers/image/agreement.ts';
import { readStep } from '../../../../../server/checkpoints/readers/image/history.ts';
import { solutionImage, solutionSubject } from '../fakes/solution-subject.ts';

const source = (await solutionSubject()).files.get('Dockerfile') ?? '';
const judge = (text: string, image = solutionImage()) => {
  const wanted = finalImage(parseDockerfile(text));
  if (!wanted) throw new Error('no FROM');
  return agreementOf(image, wanted, null);
};

describe('agreementOf', () => {
  it('knows the image of this Dockerfile', () => {
    expect(judge(source)).toEqual({ shared: 7, differs: null });
  });

  it.each([
    ['USER etl', 'USER nobody', 'USER'],
    ['src.health', 'src.other', 'HEALTHCHECK'],
    ['COPY src/ src/', 'COPY src/ source/', 'COPY'],
    ['--no-cache-dir ', '', 'RUN'],
    ['PYTHONUNBUFFERED=1', 'PYTHONUNBUFFERED=2', 'ENV'],
    ['WORKDIR /app', 'WORKDIR /srv', 'WORKDIR'],
    ['["python", "etl_pipeline.py"]', '["python", "-u", "etl_pipeline.py"]', 'CMD'],
  ])('sees that %j became %j', (before, after, keyword) => {
    expect(judge(source.replace(before, after)).differs).toMatchObject({ keyword });
  });

  it('sees another Python', () => {
    expect(judge(source.replace('python:3.11-slim', 'python:3.12-slim')).differs).toBe('base');
  });

  it('takes no image of something else for an older one, though a COPY of the classic builder may be any', () => {
    const image = solutionImage();
    const foreign = [`/bin/sh -c #(nop) COPY dir:${'a'.repeat(64)} in /pgadmin4/ `, '/bin/sh -c set -eu; adduser pgadmin'];
    expect(judge(source, { ...image, history: foreign.map((createdBy) => ({ createdBy, sizeBytes: 0 })) }).shared).toBe(0);
  });

  it('knows what the classic builder writes, and leaves labels of Compose out', () => {
    const image = solutionImage();
    const classic = [
      '/bin/sh -c #(nop)  ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1',
      '/bin/sh -c useradd --uid 1000 --create-home etl',
      '/bin/sh -c #(nop) WORKDIR /app',
      `/bin/sh -c #(nop) COPY file:${'a'.repeat(64)} in . `,
      '/bin/sh -c pip install --no-cache-dir -r requirements.txt',
      '/bin/sh -c mkdir -p data/raw data/processed logs     && chown -R etl:etl data logs',
      `/bin/sh -c #(nop) COPY dir:${'b'.repeat(64)} in config/ `,
      `/bin/sh -c #(nop) COPY dir:${'c'.repeat(64)} in src/ `,
      `/bin/sh -c #(nop) COPY file:${'d'.repeat(64)} in . `,
      '/bin/sh -c #(nop)  USER etl',
      '/bin/sh -c #(nop)  HEALTHCHECK &{["CMD" "python" "-m" "src.health"] "30s" "5s" "10s" \'\\x03\'}',
      '/bin/sh -c #(nop)  CMD ["python" "etl_pipeline.py"]',
      '/bin/sh -c #(nop)  LABEL com.docker.compose.project=etl',
    ];
    expect(judge(source, { ...image, history: classic.map((createdBy) => ({ createdBy, sizeBytes: 0 })) }).differs).toBeNull();
  });
});

describe('readStep', () => {
  it('reads the arguments of a build, whatever they hold', () => {
    expect(readStep('RUN |2 A=b c DB_PASSWORD=x y /bin/sh -c pip install z # buildkit')).toEqual({
      keyword: 'RUN',
      text: '/bin/sh -c pip install z',
      args: ['A=b c', 'DB_PASSWORD=x y'],
    });
  });
});
