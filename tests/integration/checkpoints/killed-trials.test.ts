import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { subjectOfLab } from '../../../server/checkpoints/subject-of-lab.ts';
import { FileJournal } from '../../../server/checkpoints/trials/file-journal.ts';
import { undoLeftovers } from '../../../server/checkpoints/trials/undo-trial.ts';
import { readHostSettings } from '../../../server/images/host/host-settings.ts';
import { registryNames } from '../../../server/images/registry/registry-names.ts';
import { createSourceControl } from '../../../server/labs/source/source-control.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import { docker, imagesOf, minutes, newInstance, sh, startTestLab, type TestLab } from '../labs/test-lab.ts';

const PROCESS = join(import.meta.dirname, 'try-task.ts');

/** Everything that a trial could change (rows, files, containers, volumes, networks, images) and what it could leave behind. */
const SNAPSHOT = `
docker compose exec -T postgres psql -X -U dataeng -d warehouse -Atc 'SELECT * FROM users_data ORDER BY id'
find . -printf '%p %m %u %s %T@\\n' | sort
docker ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}' | sort
docker volume ls -q | sort
docker network ls --no-trunc -q | sort
docker image ls -a --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort
ls -d /tmp/escale-trial-* 2>/dev/null; true
`;

const DATABASE = 'docker ps -q --filter label=escale.trial --filter name=postgres | grep .';
const TAKEN_DOWN =
  '[ -n "$(docker volume ls -q --filter label=escale.trial)" ] && [ -z "$(docker ps -aq --filter label=escale.trial)" ] && [ -z "$(docker network ls -q --filter label=escale.trial)" ]';

/** The points at which the trials of a task are killed: what exists in the lab at that time. */
const STEPS = [
  ['1.2', 'copied', 'ls -d /tmp/escale-trial-*/project'],
  ['1.2', 'building', 'pgrep -f "[e]scale-trial-.* build"'],
  ['1.2', 'image built', 'docker image ls -q --filter reference="escale-trial-*" | grep .'],
  ['1.2', 'database there', DATABASE],
  ['1.2', 'program started', 'docker ps -q --filter label=escale.trial --filter name=etl | grep .'],
  ['1.2', 'source slow', 'docker ps -q --filter label=escale.trial --filter name=etl-slow | grep .'],
  ['1.3', 'check started', 'docker ps -q --filter label=escale.trial | grep .'],
  ['1.4', 'late database', DATABASE],
  ['1.4', 'all taken down', TAKEN_DOWN],
] as const;

let instance: string;
let lab: TestLab;

beforeAll(async () => {
  instance = await newInstance();
  const images = imagesOf(instance);
  const registry = await images.registry(() => undefined, minutes(10));
  for (const name of ['python:3.11-slim', 'postgres:15-alpine']) await images.courseImage(name, () => undefined, minutes(10));
  const { proxy, extraCa } = await readHostSettings();
  lab = await startTestLab({ registry, env: proxy, extraCa }, instance);
  await lab.agent.putTree(packProject(await projectAfter('1.4')));
  await run('docker compose build -q etl && docker compose up -d --quiet-pull postgres etl && docker compose wait etl');
}, 1_200_000);

afterAll(async () => {
  await lab?.end();
  const names = registryNames(instance);
  await docker.getContainer(names.container).remove({ force: true });
  await docker.getNetwork(names.network).remove();
  await rm(instance, { recursive: true, force: true });
});

async function run(script: string): Promise<void> {
  const result = await lab.agent.exec({ argv: ['bash', '-c', script], user: 'dataeng', cwd: '.', env: {}, timeoutMs: 900_000 });
  if (result.code !== 0) throw new Error(`${script}: ${result.stdout}${result.stderr}`);
}

/** Runs the trials of a task in another process, and kills that process once a condition holds in the lab. */
async function killAt(task: string, condition: string, journal: string): Promise<boolean> {
  const { spec, endpoint } = lab;
  const reach = [spec.id, endpoint.agentUrl, spec.agentToken, endpoint.sourceControlUrl, spec.sourceToken, journal, task];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, ...reach], { stdio: 'ignore' });
  const ended = new Promise<boolean>((resolve) => child.once('close', () => resolve(false)));
  const loop = `for i in $(seq 2000); do if ${condition} >/dev/null 2>&1; then echo there; break; fi; sleep 0.05; done`;
  // On a busy machine the last step may take minutes, so this timeout is that of the test.
  const watch = lab.agent.exec({ argv: ['bash', '-c', loop], user: 'root', cwd: '.', env: {}, timeoutMs: 300_000 });
  const seen = await Promise.race([watch.then(({ stdout }) => stdout.trim() === 'there'), ended]);
  child.kill('SIGKILL');
  await ended;
  return seen;
}

test.each(STEPS)(
  'the trials of %s, killed at « %s », are undone at the next start',
  { timeout: 400_000 },
  async (task, _step, condition) => {
    const journal = join(instance, 'trials');
    const before = await sh(lab, SNAPSHOT);
    expect(before).toContain('Œuvrard');
    expect(await killAt(task, condition, journal)).toBe(true);
    const source = createSourceControl({ url: lab.endpoint.sourceControlUrl, token: lab.spec.sourceToken });
    const kept = new FileJournal(journal);
    expect(await kept.leftovers()).toHaveLength(1);
    await undoLeftovers(lab.spec.id, subjectOfLab(lab.agent, source), kept);
    expect(await kept.leftovers()).toEqual([]);
    expect(await sh(lab, SNAPSHOT)).toBe(before);
  },
);
