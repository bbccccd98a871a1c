import { setTimeout as sleep } from 'node:timers/promises';
import { subjectOfLab } from './checkpoints/subject-of-lab.ts';
import { dockerLabPorts } from './lab-engine/docker-lab-ports.ts';
import { dockerLabStack } from './lab-engine/docker-stack.ts';
import { sourceOf } from './labs/source/source-control.ts';
import { SOLO_LEARNER } from './learner.ts';
import { MapFeed } from './map/map-feed.ts';
import { Previews } from './previews/previews.ts';
import type { Services } from './services.ts';
import type { Workbench } from './workbench/definitions.ts';
import { VerdictFeed } from './workbench/verdict-feed.ts';
import { SoloWorkbench } from './workbench/workbench.ts';

/** Maximum time to wait for running work when the server ends; the end of the process then stops it. */
const END_MS = 5000;
/** The id of the lab of this machine's only learner. */
const SOLO = 'solo';

export interface Solo {
  readonly workbench: Workbench;
  /** Prepares what is missing and keeps the lab running. */
  begin(): void;
  end(): Promise<void>;
}

/** `ownPorts`: the ports of this machine on which Escale itself is served. */
export function openSolo(services: Services, ownPorts: readonly number[]): Solo {
  const { config, labs, log, preparation } = services;
  const lab = labs.lab(SOLO);
  const stopping = new AbortController();
  const checker = () => services.findChecker(SOLO, lab.agent(), lab.access(), SOLO_LEARNER);
  const verdicts = new VerdictFeed({ lab, checker, log });
  const events = async (onEvent: () => void, signal: AbortSignal) => checker().engineEvents(onEvent, signal);
  const previews = new Previews({ lab, events, ports: dockerLabPorts, reserved: () => ownPorts, log });
  const mapSource = () => ({ subject: subjectOfLab(lab.agent(), sourceOf(lab.access())), stack: dockerLabStack(lab.agent()) });
  const map = new MapFeed({ lab, source: mapSource, events, now: Date.now, log });
  const workbench = new SoloWorkbench({
    lab,
    board: preparation.board,
    verdicts,
    previews,
    map,
    archives: () => labs.archives(SOLO),
    workshops: services.workshops,
    progress: () => ({ achievements: services.progress.of(SOLO_LEARNER) }),
    log,
  });
  let work: Promise<unknown> = Promise.resolve();
  return {
    workbench,
    begin: () => {
      labs.want(SOLO);
      const start = (): void => {
        // A failed lab is retried by its supervision, with growing delays.
        if (lab.status().state === 'failed') return;
        lab.start(stopping.signal).catch((error: unknown) => log.debug({ err: error }, 'first start failed'));
      };
      work = Promise.all([
        preparation.run(start),
        labs.tend(SOLO, () => preparation.ready, stopping.signal),
        labs.guardDisks(stopping.signal),
        labs.sleepUnused(config.lab.sleepMinutes * 60_000, stopping.signal),
        labs.keepWarm(config.labs.warm, () => preparation.ready, stopping.signal),
        previews.run(stopping.signal),
      ]);
    },
    end: async () => {
      stopping.abort();
      preparation.close();
      workbench.close();
      await Promise.race([work, sleep(END_MS, undefined, { ref: false })]);
    },
  };
}
