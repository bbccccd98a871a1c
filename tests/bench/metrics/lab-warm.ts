import { setTimeout as sleep } from 'node:timers/promises';
import type { Control } from '../../../server/control/definitions.ts';
import { RealServer } from '../../e2e/support/real-server.ts';
import type { Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import { controlOf } from '../stage/control-of.ts';

const TAKEN = 10;
const READY_MS = 5 * 60_000;
const P50_P95 = [0.5, 0.95];

export const labWarm: Metric = {
  name: 'lab-warm',
  what: 'a lab made ahead, from `lab start` to the answer of a `docker ps` in it',
  needs: [],
  withinMs: 20 * 60_000,
  async measure({ say, size }) {
    const server = new RealServer();
    await server.start({ labs: { warm: 1 } });
    try {
      const { labs } = controlOf(server);
      const answers: number[] = [];
      for (let taken = 0; taken < size(TAKEN); taken += 1) {
        await warmReady(labs);
        const began = performance.now();
        const { lab, steps } = await labs.start();
        const agent = await labs.agent(lab);
        await agent.exec({ argv: ['docker', 'ps'], user: 'dataeng', cwd: '.', env: {} });
        answers.push(performance.now() - began);
        say(`${steps.map(({ name }) => name).join(', ')}: ${Math.round(answers.at(-1) ?? 0)} ms`);
        await labs.remove(lab);
      }
      return percentiles('docker ps, from a warm lab', answers, P50_P95, { atMost: 100 });
    } finally {
      await server.clean();
    }
  },
};

async function warmReady(labs: Control['labs']): Promise<void> {
  for (const until = performance.now() + READY_MS; ; await sleep(200)) {
    if ((await labs.list()).some(({ warm, state }) => warm && state === 'ready')) break;
    if (performance.now() > until) throw new Error(`no warm lab within ${READY_MS / 60_000} min`);
  }
  // It is offered once its engine has answered too.
  await sleep(2000);
}
