import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { dockerLabPorts } from './lab-engine/docker-lab-ports.ts';
import { Previews } from './previews/previews.ts';
import type { Services } from './services.ts';
import type { Workbench } from './workbench/definitions.ts';
import { VerdictFeed } from './workbench/verdict-feed.ts';
import { SoloWorkbench } from './workbench/workbench.ts';

/** What is under way when the server ends is waited for so long, then left to the end of the process. */
const END_MS = 5000;
/** The lab of the one learner of this machine. */
const SOLO = 'solo';

export interface Solo {
  readonly workbench: Workbench;
  /** Prepares what is missing and keeps the lab running. */
  begin(): void;
  end(): Promise<void>;
}

/** `ownPorts`: those of this machine on which Escale itself is served. */
export function openSolo(services: Services, log: Logger, ownPorts: readonly number[]): Solo {
  const { labs, preparation } = services;
  const lab = labs.lab(SOLO);
  const stopping = new AbortController();
  const checker = () => services.checkers.of(SOLO, lab.agent(), lab.access());
  const verdicts = new VerdictFeed({ lab, checker, log });
  const events = async (onEvent: () => void, signal: AbortSignal) => checker().engineEvents(onEvent, signal);
  const previews = new Previews({ lab, events, ports: dockerLabPorts, reserved: () => ownPorts, log });
  const workbench = new SoloWorkbench({
    lab,
    board: preparation.board,
    verdicts,
    previews,
    progress: () => ({ achievements: services.progress.of(SOLO) }),
    log,
  });
  let work: Promise<unknown> = Promise.resolve();
  return {
    workbench,
    begin: () => {
      labs.want(SOLO);
      const start = (): void => {
        // A lab that failed is tried again by who tends it, less and less often.
        if (lab.status().state === 'failed') return;
        lab.start(stopping.signal).catch((error: unknown) => log.debug({ err: error }, 'first start failed'));
      };
      work = Promise.all([
        preparation.run(start),
        labs.tend(SOLO, () => preparation.ready, stopping.signal),
        labs.guardDisks(stopping.signal),
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
