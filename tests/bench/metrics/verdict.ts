import type { Verdict } from '../../../contract/verdict.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import type { Figure, Metric, Run } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import type { LabSession } from '../stage/lab-session.ts';

const BUILD = 'docker build -q -t etl .';
const TIMES = 10;
const WITHIN_MS = 120_000;
const SHARES = [0.5, 0.95];
const FILE = { atMost: 1000 };
const EVENT = { atMost: 2000 };

export const verdict: Metric = {
  name: 'verdict',
  what: 'a change to the verdict that the page hears, the change being a file or an event of the engine',
  needs: ['lab'],
  withinMs: 30 * 60_000,
  async measure({ stage, say, size }) {
    const lab = await stage.lab();
    return [...(await ofImage(lab, size(TIMES), say)), ...(await ofStack(lab, size(TIMES), say))];
  },
};

/** Task 1.3: the Dockerfile and the image. */
async function ofImage(lab: LabSession, times: number, say: Run['say']): Promise<Figure[]> {
  await lab.agent.putTree(packProject(await projectAfter('1.3')));
  await lab.must(BUILD);
  await watch(lab, '1.3', '1.3/image');
  say('1.3: its image is there');
  const file: number[] = [];
  const event: number[] = [];
  for (let time = 0; time < times; time += 1) {
    file.push(await after(lab, 'mv Dockerfile Dockerfile.away', '1.3/dockerfile', 'not-met'));
    file.push(await after(lab, 'mv Dockerfile.away Dockerfile', '1.3/image', 'met'));
    event.push(await after(lab, 'docker image rm etl', '1.3/image', 'not-met'));
    event.push(await after(lab, BUILD, '1.3/image', 'met'));
    say(`1.3: file ${lastTwo(file)}, event ${lastTwo(event)}`);
  }
  return [...percentiles('1.3, file', file, SHARES, FILE), ...percentiles('1.3, engine event', event, SHARES, EVENT)];
}

/** Task 1.4: the Compose file and the containers. Each look also compares the rows in the database. */
async function ofStack(lab: LabSession, times: number, say: Run['say']): Promise<Figure[]> {
  await lab.agent.putTree(packProject(await projectAfter('1.4')));
  await lab.must('docker compose up -d --build');
  try {
    await watch(lab, '1.4', '1.4/rows');
    say('1.4: its stack is up');
    const file: number[] = [];
    const event: number[] = [];
    for (let time = 0; time < times; time += 1) {
      file.push(await after(lab, 'mv docker-compose.yml away.yml', '1.4/compose', 'not-met'));
      file.push(await after(lab, 'mv away.yml docker-compose.yml', '1.4/rows', 'met'));
      event.push(await after(lab, 'docker compose stop -t 1 postgres', '1.4/up', 'not-met'));
      event.push(await after(lab, 'docker compose up -d --wait --no-deps postgres', '1.4/rows', 'met'));
      say(`1.4: file ${lastTwo(file)}, event ${lastTwo(event)}`);
    }
    return [...percentiles('1.4, file', file, SHARES, FILE), ...percentiles('1.4, engine event', event, SHARES, EVENT)];
  } finally {
    await lab.run('docker compose down -v');
  }
}

function lastTwo(times: readonly number[]): string {
  return `${times.slice(-2).map(Math.round).join(', ')} ms`;
}

async function watch(lab: LabSession, task: string, criterion: string): Promise<void> {
  const begins = lab.verdict(criterion, 'met', WITHIN_MS);
  lab.tell({ type: 'watch', task });
  await begins;
}

/** Time from the end of the typed command to the verdict. A verdict before that end does not count. */
async function after(lab: LabSession, typed: string, criterion: string, wanted: Verdict['verdict']): Promise<number> {
  const heard = lab.verdict(criterion, wanted, WITHIN_MS);
  // If both fail, the first failure is reported; the other must not end the process meanwhile.
  heard.catch(() => undefined);
  await lab.must(typed);
  const ended = performance.now();
  return Math.max(0, (await heard) - ended);
}
