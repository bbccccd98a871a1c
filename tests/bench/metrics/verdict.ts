import type { Verdict } from '../../../contract/verdict.ts';
import { packProject } from '../../../server/projects/pack-project.ts';
import { projectAfter } from '../../../server/projects/project-states.ts';
import type { Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import type { LabSession } from '../stage/lab-session.ts';

const BUILD = 'docker build -q -t etl .';
const TIMES = 10;
const WITHIN_MS = 30_000;
const SHARES = [0.5, 0.95];

export const verdict: Metric = {
  name: 'verdict',
  what: 'a change to the verdict that the page hears, the change being a file or an event of the engine; ms',
  async measure(stage, say) {
    const lab = await stage.lab();
    await lab.agent.putTree(packProject(await projectAfter('1.3')));
    // The first lab of a state folder is ready before the course's images are.
    await lab.run(`for try in $(seq 100); do ${BUILD} && break; sleep 3; done`);
    const begins = lab.verdict('1.3/image', 'met', WITHIN_MS);
    lab.tell({ type: 'watch', task: '1.3' });
    await begins;
    const file: number[] = [];
    const event: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      file.push(await after(lab, () => lab.run('mv Dockerfile Dockerfile.away'), '1.3/dockerfile', 'not-met'));
      file.push(await after(lab, () => lab.run('mv Dockerfile.away Dockerfile'), '1.3/image', 'met'));
      event.push(await after(lab, () => lab.run('docker image rm etl'), '1.3/image', 'not-met'));
      event.push(await after(lab, () => lab.run(BUILD), '1.3/image', 'met'));
    }
    const figures = { file: percentiles(file, SHARES), engineEvent: percentiles(event, SHARES) };
    say(JSON.stringify(figures));
    return figures;
  },
};

/** From the end of what the learner typed. A verdict that comes before it ends counts as none at all. */
async function after(lab: LabSession, typed: () => Promise<unknown>, criterion: string, wanted: Verdict['verdict']): Promise<number> {
  const heard = lab.verdict(criterion, wanted, WITHIN_MS);
  await typed();
  const ended = performance.now();
  return Math.max(0, (await heard) - ended);
}
