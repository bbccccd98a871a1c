import type { FastifyBaseLogger } from 'fastify';
import type { LabStatus } from '../../../contract/lab.ts';
import type { LabAgent } from '../agents/definitions.ts';
import type { Measures } from './measure-lab.ts';

type Problem = NonNullable<LabStatus['problem']>;

/** From this share of its disk on a lab is warned. */
const WARN = 0.8;
/** From this share on the lab itself is stopped: it is not its engine that writes, or it says that it stopped and did not. */
const BEYOND = 1.25;
/** After the learner started the engine of a full lab. */
const GRACE_MS = 120_000;
const GIB = 1024 ** 3;

export interface Held {
  readonly problem: Problem | null;
  /** False: the lab is full and goes on all the same; only stopping it helps. */
  readonly obeyed: boolean;
}

/** Holds one lab to its disk: warns at 80 %, stops its engine at 100 %. Files stay. It measures now and then, so it is no hard quota. */
export class DiskGuard {
  readonly #log: FastifyBaseLogger;
  #graceUntil = 0;

  constructor(log: FastifyBaseLogger) {
    this.#log = log;
  }

  /** The lab or its engine was started: it may run for two minutes whatever the disk holds. */
  grant(now = Date.now()): void {
    this.#graceUntil = now + GRACE_MS;
  }

  async hold({ disk, engine }: Measures, agent: LabAgent, now = Date.now()): Promise<Held> {
    if (disk === undefined || disk.usedBytes < WARN * disk.limitBytes) return { problem: null, obeyed: true };
    if (disk.usedBytes < disk.limitBytes) return { problem: high(disk), obeyed: true };
    if (now < this.#graceUntil) return { problem: full(disk), obeyed: true };
    if (disk.usedBytes >= BEYOND * disk.limitBytes) return { problem: full(disk), obeyed: false };
    if (engine?.state !== 'running') return { problem: full(disk), obeyed: true };
    return { problem: full(disk), obeyed: await this.#stopEngine(agent) };
  }

  async #stopEngine(agent: LabAgent): Promise<boolean> {
    try {
      return (await agent.engine('stop')).engine.state !== 'running';
    } catch (error) {
      this.#log.warn({ err: error }, 'engine of a full lab not stopped');
      return false;
    }
  }
}

export function isDiskProblem(problem: Problem | undefined): boolean {
  return problem?.code.startsWith('lab.disk-') === true;
}

function high(disk: NonNullable<Measures['disk']>): Problem {
  return {
    code: 'lab.disk-high',
    message: `Le disque du labo est presque plein (${amount(disk)}).`,
    hint: 'Faites de la place : « docker system prune » retire ce qui ne sert plus.',
  };
}

function full(disk: NonNullable<Measures['disk']>): Problem {
  return {
    code: 'lab.disk-full',
    message: `Le disque du labo est plein (${amount(disk)}) : son moteur Docker est arrêté, vos fichiers sont gardés.`,
    hint: 'Supprimez de gros fichiers, ou redémarrez le moteur : vous avez deux minutes pour faire de la place, par exemple avec « docker system prune -a ».',
  };
}

function amount({ usedBytes, limitBytes }: NonNullable<Measures['disk']>): string {
  const gib = (bytes: number): string => (bytes / GIB).toFixed(1).replace('.', ',');
  return `${gib(usedBytes)} Gio sur ${gib(limitBytes)} Gio`;
}
