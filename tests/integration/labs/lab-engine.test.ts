import { afterAll, beforeAll, expect, test } from 'vitest';
import { MAKE_MINI, minutes, sh, startTestLab, type TestLab } from './test-lab.ts';

/** What the brief needs of Docker works in a lab's engine. */
let lab: TestLab;

beforeAll(async () => {
  // Small limits, so that reaching them costs the test machine little.
  lab = await startTestLab({ memoryBytes: 1024 ** 3, pids: 400 });
  await sh(lab, MAKE_MINI);
});

afterAll(async () => {
  await lab?.end();
});

const SERVE = 'python3 -m http.server -d /etc 8000';

test('a published port answers, on localhost and from a container by the network’s name', async () => {
  await sh(lab, `docker network create --subnet 172.28.0.0/16 town && docker run -d --name web --network town -p 8000:8000 mini ${SERVE}`);
  const look = 'for i in $(seq 50); do $1 curl -sf http://$2:8000/passwd && exit; sleep 0.1; done; exit 1';
  expect(await sh(lab, `set -- '' localhost; ${look}`)).toContain('root:x:0:0');
  expect(await sh(lab, `set -- 'docker run --rm --network town mini' web; ${look}`)).toContain('root:x:0:0');
  expect(await sh(lab, 'docker logs web 2>&1 | head -1; docker exec web id -u')).toMatch(/0$/);
});

test('limits of memory, processors and processes hold', async () => {
  const limits = 'docker run --rm -m 64m --memory-swap 64m --cpus 0.5 --pids-limit 20 mini';
  const files = '/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes';
  expect(await sh(lab, `${limits} sh -c 'cat ${files} 2>/dev/null || true'`)).toBe('67108864');
  await expect(sh(lab, `${limits} python3 -c 'bytearray(200 * 1024 * 1024)'`)).rejects.toThrow(/exit 137/);
  await expect(sh(lab, `${limits} python3 -c 'import subprocess; [subprocess.Popen(["sleep", "2"]) for _ in range(40)]'`)).rejects.toThrow(
    /[Rr]esource/,
  );
  expect(
    await sh(lab, 'docker run -d --name lean -m 64m mini sleep 100 >/dev/null; docker stats --no-stream --format {{.MemUsage}} lean'),
  ).toContain('64MiB');
});

test('BuildKit builds with a cache, its own user and a bind mount owned by the learner', async () => {
  await sh(
    lab,
    'mkdir -p app/logs && printf "FROM mini\\nRUN mkdir /app && chmod 777 /app\\nUSER 1000\\nCMD echo out >/logs/it && id -u\\n" >app/Dockerfile',
  );
  await sh(lab, 'docker build -q -t app app');
  expect(await sh(lab, 'docker run --rm -v "$PWD/app/logs:/logs" app && stat -c %U app/logs/it')).toBe('1000\ndataeng');
});

test('Compose waits for health, keeps a named volume, and works in both spellings', { timeout: 120_000 }, async () => {
  const compose = `
services:
  store:
    image: mini
    command: sh -c 'sleep 1; touch /data/ready; ${SERVE}'
    volumes: [data:/data]
    stop_grace_period: 1s
    healthcheck: { test: [CMD, curl, -sf, 'http://localhost:8000/passwd'], interval: 1s, retries: 20 }
  job:
    image: mini
    command: curl -sf http://store:8000/passwd
    depends_on: { store: { condition: service_healthy } }
volumes: { data: {} }
`;
  const started = await lab.agent.exec(
    { argv: ['bash', '-c', 'mkdir -p c && cat >c/compose.yaml && cd c && docker compose up -d 2>&1'], user: 'dataeng', cwd: '.', env: {} },
    { stdin: compose },
  );
  expect(started.code, started.stdout).toBe(0);
  expect(await sh(lab, 'cd c && docker compose wait job >/dev/null 2>&1; docker-compose logs --no-log-prefix job')).toContain('root:x:0:0');
  await sh(lab, 'cd c && docker-compose down 2>&1');
  expect(await sh(lab, 'docker run --rm -v c_data:/d mini ls /d')).toBe('ready');
});

test('`docker system prune -a --volumes` and a killed engine remove nothing else', { timeout: 120_000 }, async () => {
  await sh(lab, 'echo precious >precious; docker rm -f web lean >/dev/null; docker system prune -a --volumes -f');
  expect(await sh(lab, 'docker images -q; cat precious')).toBe('precious');
  await sh(lab, 'pkill -9 dockerd; pkill -9 containerd; sleep 0.5; service docker start', 'root');
  expect((await lab.agent.health()).engine.state).toBe('running');
});

test('an allocation and a fork bomb are contained in the lab', { timeout: 120_000 }, async () => {
  await lab.agent.exec({ argv: ['python3', '-c', 'bytearray(3 * 1024 ** 3)'], user: 'dataeng', cwd: '.', env: {}, timeoutMs: 60_000 });
  await lab.agent.exec({
    argv: ['bash', '-c', 'for i in $(seq 600); do sleep 3 & done 2>/dev/null'],
    user: 'dataeng',
    cwd: '.',
    env: {},
    timeoutMs: 30_000,
  });
  await expect.poll(() => sh(lab, 'echo alive').catch(String), { timeout: 30_000, interval: 500 }).toBe('alive');
});

test('stop ends, whatever the learner’s containers do', { timeout: 60_000 }, async () => {
  await sh(lab, MAKE_MINI);
  await sh(
    lab,
    'docker run -d --name deaf mini python3 -c "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"',
  );
  await lab.driver.stop(lab.spec.id, minutes(1));
  expect(await lab.driver.inspect(lab.spec.id)).toMatchObject({ state: 'stopped', endpoint: null });
});
