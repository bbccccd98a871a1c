import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Criterion, LabView, Subject } from '../../../server/checkpoints/definitions.ts';
import { http } from '../../../server/checkpoints/readers/http/http.ts';
import { subjectOfLab } from '../../../server/checkpoints/subject-of-lab.ts';
import { createView } from '../../../server/checkpoints/view.ts';
import { createSourceControl } from '../../../server/labs/source/source-control.ts';
import { JudgedLab, LAB } from './judged-lab.ts';
import { health, visits } from './network-criteria.ts';

/** Not the ports of the brief: whoever runs this may use them. */
const [WEB, OTHER] = [28_110, 28_111];
const COMPOSE = `name: project
services:
  web:
    image: python:3.11-slim
    command: python -m http.server 8000
    working_dir: /site
    stop_signal: KILL
    volumes: [./site:/site:ro]
    ports: ["${WEB}:8000"]
    networks: [front, back]
  cache:
    build: cache
    command: redis-server --bind 0.0.0.0 --requirepass "$\{REDIS_SECRET}"
    networks: [back]
networks:
  front:
  back:
    internal: true
`;
const CACHE = `FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -qy --no-install-recommends redis-server
`;
const lab = new JudgedLab();
let subject: Subject;

beforeAll(async () => {
  await lab.start();
  // No criterion here asks the lab's data source.
  subject = subjectOfLab(await lab.server.labs.agent(LAB), createSourceControl({ url: 'http://127.0.0.1:1', token: '' }));
  await lab.put({
    'docker-compose.yml': COMPOSE,
    '.env': 'REDIS_SECRET=tres secret\n',
    'cache/Dockerfile': CACHE,
    'site/health.json': '{"status":"ok"}',
  });
  expect(await lab.type('docker compose up -d --build --quiet-pull >/tmp/up 2>&1 || cat /tmp/up')).toBe('');
  await lab.type(
    `until curl -fs localhost:${WEB}; do sleep 0.2; done; until docker compose exec -T cache redis-cli PING; do sleep 0.2; done`,
  );
}, 600_000);
afterAll(() => lab.server.clean());

/** One look, so long after the start of the service that is asked. */
async function look<T>(read: (view: LabView) => Promise<T>, service: 'web' | 'cache' = 'web', afterMs = 60_000): Promise<T> {
  const started = async () => (await subject.engine.container(`project-${service}-1`))?.startedMs ?? Date.now();
  const images = subject.engine.openImages();
  try {
    return await read(createView({ ...subject, now: async () => (await started()) + afterMs }, images, new AbortController().signal));
  } finally {
    await images.close();
  }
}

async function said(criterion: Criterion, service: 'web' | 'cache', afterMs?: number): Promise<string> {
  const finding = await look((view) => criterion.judge(view), service, afterMs);
  return finding.verdict === 'met' ? 'met' : `${finding.verdict} ${finding.diagnosis.code}: ${finding.diagnosis.observed}`;
}

const redisCli = (command: string) => lab.type(`docker compose exec -T cache redis-cli -a 'tres secret' --no-auth-warning ${command}`);
const write = (json: string) => lab.type(`printf %s '${json}' > site/health.json`);

describe('a criterion over HTTP', () => {
  it('judges what a server answers inside of the lab', async () => {
    expect(await said(health, 'web')).toBe('met');
    await write('{"status":"tired"}');
    expect(await said(health, 'web')).toBe('not-met health.not-ok: `status` vaut `tired`');
    await write('ok');
    expect(await said(health, 'web')).toBe('not-met health.not-ok: la réponse n’a pas de `status`');
    await lab.type('rm site/health.json');
    expect(await said(health, 'web')).toBe('not-met health.status: `http://web:8000/health.json` répond 404');
    await write('{"status":"ok"}');
  });

  it('keeps what is seen', async () => {
    expect(await look((view) => health.judge(view))).toMatchObject({
      evidence: [{ source: 'http://web:8000/health.json', text: '{"status":"ok"}' }],
      remarks: [{ code: 'health.server' }],
    });
  });
});

describe('a criterion over Redis', () => {
  it('judges what a server replies on an internal network, with its password', async () => {
    expect(await said(visits, 'cache')).toBe('not-met visits.absent: la clé `visits` n’existe pas');
    await redisCli('SET visits many');
    expect(await said(visits, 'cache')).toBe('not-met visits.no-number: `visits` vaut `many`');
    await redisCli('SET visits 41');
    expect(await said(visits, 'cache')).toBe('met');
  });

  it('says what Redis refuses', async () => {
    await redisCli("CONFIG SET requirepass 'un autre'");
    expect(await said(visits, 'cache')).toMatch(/^not-met visits\.refused: `cache` ne se laisse pas interroger : WRONGPASS /);
    await lab.type("docker compose exec -T cache redis-cli -a 'un autre' --no-auth-warning CONFIG SET requirepass 'tres secret'");
  });
});

describe('a published port', () => {
  it('is asked where the container publishes it', async () => {
    const answer = await look((view) => http(view, { service: 'web', port: 8000, from: 'published' }, { path: '/health.json' }));
    expect(answer).toMatchObject({ status: 200, from: 'published', url: `http://localhost:${WEB}/health.json` });
  });

  it('is never that of another container', async () => {
    await lab.type(`docker run -d --rm --name other -p ${OTHER}:80 python:3.11-slim python -m http.server 80`);
    const asked = look((view) => http(view, { service: 'web', port: OTHER, from: 'published' }, { path: '/' }));
    await expect(asked).rejects.toMatchObject({
      state: 'refused',
      said: `\`web\` ne publie pas son port ${OTHER}, et le port ${OTHER} du labo est celui du conteneur \`other\``,
    });
    await lab.type('docker rm -f other');
  });
});

describe('a server that does not answer', () => {
  it('is starting at first, and later is told what is wrong', async () => {
    await lab.type("sed -i 's/python -m http.server 8000/sleep 600/' docker-compose.yml; docker compose up -d web");
    const nobody = '`web` ne se laisse pas interroger : aucun programme n’écoute sur le port 8000';
    expect(await said(health, 'web', 5000)).toBe('cannot-tell wait.health: `web` démarre : aucun programme n’écoute sur le port 8000');
    expect(await said(health, 'web')).toBe(`not-met health.refused: ${nobody}`);
  });

  it('is told by the state of its container', async () => {
    await lab.type('docker compose stop web');
    expect(await said(health, 'web')).toBe('not-met health.refused: `web` ne se laisse pas interroger : son conteneur est arrêté');
    await lab.type('docker compose rm -f web');
    expect(await said(health, 'web')).toMatch(/^cannot-tell blocked\.1\.4\/up: /);
  });
});
