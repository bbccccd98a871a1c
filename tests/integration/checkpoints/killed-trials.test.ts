import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { escaleIn, temporaryState } from '../cli/escale.ts';

const MAIN = fileURLToPath(new URL('../../../server/cli/main.ts', import.meta.url));
const state = temporaryState();
const escale = escaleIn(state);
let lab: string;

/** All that a trial could have changed: rows, files, containers, volumes, networks, images; and what it may have left. */
const SNAPSHOT = `
docker compose exec -T postgres psql -X -U dataeng -d warehouse -Atc 'SELECT * FROM users_data ORDER BY id'
find . -printf '%p %m %u %s %T@\\n' | sort
docker ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}' | sort
docker volume ls -q | sort
docker network ls --no-trunc -q | sort
docker image ls -a --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort
ls -d /tmp/escale-trial-* 2>/dev/null; true
`;

/** Where a trial of a task may be cut: what stands in the lab by then. */
const STEPS = [
  ['1.2', 'copied', 'ls -d /tmp/escale-trial-*/project'],
  ['1.2', 'image built', 'docker image ls -q --filter reference="escale-trial-*" | grep .'],
  ['1.2', 'database there', 'docker ps -q --filter label=escale.trial --filter name=postgres | grep .'],
  ['1.2', 'program started', 'docker ps -aq --filter label=escale.trial --filter name=etl | grep .'],
  ['1.2', 'sources that fail', 'docker ps -q --filter label=escale.trial --filter name=etl-slow | grep .'],
  ['1.4', 'late database', 'docker ps -q --filter label=escale.trial --filter name=postgres | grep .'],
  [
    '1.4',
    'all taken down',
    '[ -n "$(docker volume ls -q --filter label=escale.trial)" ] && [ -z "$(docker ps -aq --filter label=escale.trial)" ] && [ -z "$(docker network ls -q --filter label=escale.trial)" ]',
  ],
] as const;

beforeAll(async () => {
  lab = String((await escale.json(['lab', 'start'])).lab);
  await escale.json(['lab', 'put', lab, '--solution', '1.4']);
  const up = await inLab('docker compose up -d --build --quiet-pull postgres etl && docker wait $(docker compose ps -aq etl)');
  expect(up.stdout.trim()).toMatch(/0$/);
}, 900_000);

afterAll(async () => {
  await escale.run(['clean', '--yes', '--state', state]);
  await rm(state, { recursive: true, force: true });
}, 120_000);

const inLab = (script: string) => escale.run(['lab', 'exec', lab, '--', 'bash', '-c', script]);

/** Runs the trials of a task until something stands in the lab, then kills the process that runs them. */
async function killAt(task: string, condition: string): Promise<boolean> {
  const words = ['--disable-warning=ExperimentalWarning', MAIN, 'check', task, '--trials', '--lab', lab, '--json'];
  const child = spawn(process.execPath, words, { env: { ...process.env, ESCALE_STATE: state }, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  // One shell in the lab watches for it: asking for each look would be late.
  const watch = inLab(`for i in $(seq 2400); do if ${condition} >/dev/null 2>&1; then echo there; break; fi; sleep 0.05; done`);
  const seen = await Promise.race([watch.then(({ stdout }) => stdout.trim() === 'there'), ended.then(() => false)]);
  child.kill('SIGKILL');
  await ended;
  return seen;
}

test.each(STEPS)('%s killed once %s: undone at the next start', { timeout: 300_000 }, async (task, _step, condition) => {
  const before = (await inLab(SNAPSHOT)).stdout;
  expect(before).toContain('users.json');
  expect(await killAt(task, condition)).toBe(true);
  await sleep(500);
  await escale.run(['check', '1.1', '--lab', lab]);
  expect((await inLab(SNAPSHOT)).stdout).toBe(before);
});
