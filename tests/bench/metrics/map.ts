import { MAX_MAP_SERVICES } from '../../../contract/stack-map.ts';
import { type Plan, place } from '../../../src/client/map/layout.ts';
import type { Metric } from '../definitions.ts';
import { percentiles } from '../percentiles.ts';
import type { LabSession } from '../stage/lab-session.ts';

const COMPOSE = 'services: { quiet: { image: "busybox:1", command: sleep 3600 } }';
const TIMES = 20;
const WITHIN_MS = 60_000;
const SHARES = [0.5, 0.95];
const ZONES = 4;

export const map: Metric = {
  name: 'map',
  what: 'the largest map laid out, and a change of a container to the map that the page hears',
  needs: ['lab'],
  withinMs: 20 * 60_000,
  async measure({ stage, say, size }) {
    const layouts = Array.from({ length: size(TIMES) }, layOut);
    const lab = await stage.lab();
    await lab.must(`printf '%s' '${COMPOSE}' > docker-compose.yml && docker compose up -d`);
    const changes: number[] = [];
    try {
      const drawn = lab.onMap('quiet', true, WITHIN_MS);
      lab.tell({ type: 'map', shown: true });
      await drawn;
      for (let time = 0; time < size(TIMES); time += 1) {
        changes.push(await after(lab, 'docker compose kill', false));
        changes.push(await after(lab, 'docker compose start', true));
        say(`change ${changes.slice(-2).map(Math.round).join(', ')} ms`);
      }
    } finally {
      lab.tell({ type: 'map', shown: false });
      await lab.run('docker compose down');
    }
    return [...percentiles('layout', layouts, SHARES, { atMost: 100 }), ...percentiles('change', changes, SHARES, { atMost: 300 })];
  },
};

/** The first layout of a page has no compiled code yet, so none is left out. */
function layOut(): number {
  const began = performance.now();
  place(largest());
  return performance.now() - began;
}

/** Each service waits for two others. */
function largest(): Plan {
  const nodes = Array.from({ length: MAX_MAP_SERVICES }, (_, index) => ({ name: `s${index}`, zone: `z${index % ZONES}`, height: 92 }));
  const order = nodes.slice(1).flatMap(({ name }, index) => [
    { before: `s${index >> 1}`, after: name },
    { before: `s${index}`, after: name },
  ]);
  return { nodes, order, width: 184, narrow: false };
}

/** Time from the end of the typed command to the frame. */
async function after(lab: LabSession, typed: string, running: boolean): Promise<number> {
  const heard = lab.onMap('quiet', running, WITHIN_MS);
  // If both fail, the first failure is reported; the other must not end the process meanwhile.
  heard.catch(() => undefined);
  await lab.must(typed);
  const ended = performance.now();
  return Math.max(0, (await heard) - ended);
}
