import type { ProjectFiles, Subject } from '../../../../../server/checkpoints/definitions.ts';
import type { ImageFacts } from '../../../../../server/lab-engine/definitions.ts';
import { projectAfter } from '../../../../../server/projects/project-states.ts';
import { FakeEngine } from './fake-engine.ts';
import { noNetwork } from './no-network.ts';

/** A test may replace each answer. */
type Writable<T> = { -readonly [key in keyof T]: T[key] };

/** The solution of 1.3 and its image, as BuildKit tells it. */
export async function solutionSubject(): Promise<
  Subject & { engine: FakeEngine; files: Map<string, string>; project: Writable<ProjectFiles> }
> {
  const files = new Map<string, string>();
  for (const [path, entry] of await projectAfter('1.3')) if (entry.kind === 'file') files.set(path, entry.content.toString('utf8'));
  const engine = new FakeEngine();
  engine.all.push(solutionImage());
  engine.files.set('/etc/passwd', 'root:x:0:0:root:/root:/bin/bash\netl:x:1000:1000::/home/etl:/bin/sh\n');
  for (const [path, text] of files) if (/^(etl_pipeline|requirements|config|src)/.test(path)) engine.files.set(`/app/${path}`, text);
  engine.files.set('/usr/local/bin/python', '');
  const project: Writable<ProjectFiles> = {
    read: async (path: string) => files.get(path) ?? null,
    entries: async () => [
      ...['config', 'src'].map((path) => ({ path, kind: 'folder' as const, size: 0, mode: 0o755 })),
      ...[...files].map(([path, text]) => ({ path, kind: 'file' as const, size: text.length, mode: 0o644 })),
    ],
    run: async () => ({ code: 127, timedOut: false, stdout: '', stderr: '' }),
  };
  const subject = { engine, network: noNetwork, files, project, environment: null, now: Date.now, within: (): Subject => subject };
  return subject;
}

export function solutionImage(): ImageFacts {
  return {
    id: 'sha256:aaaaaaaaaaaa',
    tags: ['etl:latest'],
    createdMs: Date.UTC(2026, 10, 24, 9),
    sizeBytes: 377e6,
    user: 'etl',
    workdir: '/app',
    env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'PYTHON_VERSION=3.11.2', 'PYTHONUNBUFFERED=1', 'PYTHONDONTWRITEBYTECODE=1'],
    entrypoint: [],
    cmd: ['python', 'etl_pipeline.py'],
    shell: ['/bin/sh', '-c'],
    health: { test: ['CMD', 'python', '-m', 'src.health'] },
    history: [
      '/bin/sh -c #(nop)  CMD ["python3"]',
      'ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1',
      'RUN /bin/sh -c useradd --uid 1000 --create-home etl # buildkit',
      'WORKDIR /app',
      'COPY requirements.txt . # buildkit',
      'RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt # buildkit',
      'RUN /bin/sh -c mkdir -p data/raw data/processed logs     && chown -R etl:etl data logs # buildkit',
      'COPY config/ config/ # buildkit',
      'COPY src/ src/ # buildkit',
      'COPY etl_pipeline.py . # buildkit',
      'USER etl',
      'HEALTHCHECK &{["CMD" "python" "-m" "src.health"] "30s" "5s" "10s" "0s" \'\\x03\'}',
      'CMD ["python" "etl_pipeline.py"]',
    ].map((createdBy) => ({ createdBy, sizeBytes: 0 })),
  };
}
