import { beforeEach, describe, expect, it } from 'vitest';
import { imageDigest } from '../../../../../../server/checkpoints/readers/image/image-digest.ts';
import type { ImageFacts } from '../../../../../../server/lab-engine/definitions.ts';
import { solutionImage, solutionSubject } from '../../fakes/solution-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

let subject: Awaited<ReturnType<typeof solutionSubject>>;
beforeEach(async () => {
  subject = await solutionSubject();
});

const digest = (change: Partial<ImageFacts> = {}) => imageDigest(viewOf(subject), { ...solutionImage(), ...change });
const dockerfile = (change: (text: string) => string) => subject.files.set('Dockerfile', change(subject.files.get('Dockerfile') ?? ''));
const inImage = (path: string, text: string) => subject.engine.files.set(path, text);

describe('the digest of an image', () => {
  it('is the same for a later build of the same, whatever its id, names and dates', async () => {
    const before = await digest();
    const { history, env } = solutionImage();
    const classic = history.map(({ createdBy }) => ({ createdBy: createdBy.replace(/^RUN (.*) # buildkit$/, '$1'), sizeBytes: 0 }));
    expect(await digest({ id: 'sha256:b', tags: [], createdMs: 0, sizeBytes: 1, history: classic, env: [...env].reverse() })).toBe(before);
  });

  it('does not change with what a command in the image does not see', async () => {
    const before = await digest();
    subject.files.set('src/health.py', 'changed in the project, not in the image');
    subject.files.set('docker-compose.yml', 'services: {}');
    dockerfile((text) => `# une remarque\n${text}\nLABEL version=2\nCMD ["python", "autre.py"]\n`);
    inImage('/var/log/apt.log', 'x');
    expect(await digest({ cmd: ['python', 'autre.py'] })).toBe(before);
  });

  it.each<[string, Partial<ImageFacts>]>([
    ['the account', { user: 'root' }],
    ['a variable', { env: ['PATH=/bin'] }],
    ['the folder', { workdir: '/' }],
    ['the check', { health: { test: ['CMD', 'true'] } }],
    ['the shell', { shell: ['/bin/bash', '-c'] }],
    ['an argument of the build', { history: [{ createdBy: 'RUN |1 UID=1001 /bin/sh -c useradd etl # buildkit', sizeBytes: 0 }] }],
  ])('changes with %s', async (_, change) => {
    expect(await digest(change)).not.toBe(await digest());
  });

  it.each([
    ['a copied file', () => inImage('/app/src/health.py', 'x')],
    ['a copied list of packages', () => inImage('/app/requirements.txt', 'x')],
    ['a new file in a copied folder', () => inImage('/app/src/more.py', 'x')],
    ['an instruction', () => dockerfile((text) => text.replace('pip install', 'pip install -U'))],
    ['the base', () => dockerfile((text) => text.replace('3.11-slim', '3.12-slim'))],
  ])('changes with %s', async (_, change) => {
    const before = await digest();
    change();
    expect(await digest()).not.toBe(before);
  });

  it.each([
    ['a mount of files that the image does not keep', 'RUN --mount=type=bind,source=requirements.txt,target=/r.txt pip install -r /r.txt'],
    ['a text that its history does not keep', 'RUN <<END\npip install pandas\nEND'],
    ['a pattern', 'COPY *.py ./'],
    ['a variable', 'COPY src $HOME/src'],
    ['an address', 'ADD https://example.test/x /x'],
    ['a copy that is gone', 'COPY requirements.txt /tmp/'],
  ])('is that of the layers after %s', async (_, instruction) => {
    dockerfile((text) => text.replace('USER etl', `${instruction}\nUSER etl`));
    const [one, other] = await Promise.all([digest({ id: 'sha256:a' }), digest({ id: 'sha256:b' })]);
    expect(one).not.toBe(other);
    expect(await digest({ id: 'sha256:a', tags: ['other'] })).toBe(one);
  });

  it('finds what is copied from another stage, and to another place', async () => {
    inImage('/usr/local/bin/check.sh', 'x');
    inImage('/opt/venv/bin/python', 'x');
    dockerfile(
      (text) =>
        `FROM python:3.11-slim AS build\n${text.replace('USER etl', 'COPY --from=build /opt/venv /opt/venv\nCOPY etl_pipeline.py check.sh /usr/local/bin/\nUSER etl')}`,
    );
    inImage('/usr/local/bin/etl_pipeline.py', 'x');
    const before = await digest({ id: 'sha256:a' });
    expect(await digest({ id: 'sha256:b' })).toBe(before);
    inImage('/opt/venv/lib/new.py', 'x');
    const after = await digest();
    expect(after).not.toBe(before);
    inImage('/usr/local/bin/check.sh', 'y');
    expect(await digest()).not.toBe(after);
  });
});
