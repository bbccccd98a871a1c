import { EventEmitter } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';
import { MAX_PREVIEWS, type Preview } from '../../contract/workspace.ts';
import { pause } from '../host/pause.ts';
import type { LabPorts } from '../lab-engine/definitions.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Lab } from '../labs/service/lab.ts';
import { singleFlight } from '../setup/single-flight.ts';
import { carry } from './carry.ts';
import type { Problem } from './definitions.ts';
import { diagnose, noAnswer } from './diagnose.ts';
import { HostPort } from './host-port.ts';
import { toPreview } from './to-preview.ts';

/** Events within this time are handled together. */
const SETTLE_MS = 300;
/** Interval between checks while a port does not answer: no event reports that a program starts to listen. */
const RECHECK_MS = 3000;
/** The interval while everything answers, for events missed before the event stream was open. */
const CALM_RECHECK_MS = 30_000;
/** Delay before reconnecting after the lab or its engine was lost. */
const AGAIN_MS = 1000;

export interface PreviewsOptions {
  readonly lab: Lab;
  /** Calls back on every event of the lab's engine, until the signal aborts or the engine stops. */
  readonly events: (onEvent: () => void, signal: AbortSignal) => Promise<void>;
  readonly ports: (agent: LabAgent) => LabPorts;
  /** The ports of this machine that Escale itself uses. */
  readonly reserved: () => readonly number[];
  readonly log: FastifyBaseLogger;
}

interface Open {
  readonly preview: Preview;
  readonly host: HostPort | null;
}

/**
 * Forwards ports on this machine's loopback to the ports that the lab's containers publish, with the same numbers if they are free. The lab
 * may forge its list of ports, but only ports of this lab are opened, and at most `MAX_PREVIEWS`.
 */
export class Previews extends EventEmitter<{ change: [] }> {
  readonly #options: PreviewsOptions;
  readonly #open = new Map<number, Open>();
  readonly #refresh = singleFlight((agent: LabAgent) => this.#readWorld(agent));

  constructor(options: PreviewsOptions) {
    super();
    this.#options = options;
  }

  status(): Preview[] {
    return [...this.#open.values()].map(({ preview }) => preview).sort((a, b) => a.published - b.published);
  }

  /** Follows the lab through all its restarts until `signal` aborts; then closes all ports. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#options.lab.status().state === 'ready') await this.#follow(this.#options.lab.agent(), signal);
        else await this.#closeAll();
      } catch (error) {
        this.#options.log.debug({ err: error }, 'ports of the lab not seen');
        await this.#closeAll();
      }
      await pause(AGAIN_MS, signal);
    }
    await this.#closeAll();
  }

  /** Resolves when the event stream ends, with the lab, its engine or `signal`. */
  async #follow(agent: LabAgent, signal: AbortSignal): Promise<void> {
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    let happened = Promise.withResolvers<void>();
    const events = this.#options
      .events(() => happened.resolve(), until)
      .catch((error: unknown) => this.#options.log.debug({ err: error }, 'engine events ended'))
      .finally(() => ended.abort());
    try {
      while (!until.aborted) {
        happened = Promise.withResolvers<void>();
        await this.#refresh(agent);
        const settled = this.status().every(isSettled);
        await waitFor(happened.promise, settled ? CALM_RECHECK_MS : RECHECK_MS, until);
        await pause(SETTLE_MS, until);
      }
    } finally {
      ended.abort();
      await events;
    }
  }

  async #readWorld(agent: LabAgent): Promise<void> {
    const containers = this.#options.ports(agent);
    const ports = (await containers.published()).slice(0, MAX_PREVIEWS);
    const sockets = await containers.listening([...new Set(ports.flatMap(({ pid }) => (pid === 0 ? [] : [pid])))]);
    const wanted = new Set(ports.map(({ published }) => published));
    const before = JSON.stringify(this.status());
    await this.#close([...this.#open.keys()].filter((port) => !wanted.has(port)));
    for (const port of ports) {
      const host = this.#open.get(port.published)?.host ?? (await this.#listen(port.published));
      const diagnosis = diagnose(port, sockets?.get(port.pid) ?? null, Date.now());
      this.#open.set(port.published, { host, preview: toPreview(port, host?.port ?? null, diagnosis) });
    }
    if (JSON.stringify(this.status()) !== before) this.emit('change');
  }

  /** Gets the lab's agent for each connection, since a restarted lab has another one. */
  #listen(published: number): Promise<HostPort | null> {
    return HostPort.open(published, this.#options.reserved(), (client) => {
      const way = { open: async () => this.#options.lab.agent().tunnel({ port: published }), why: () => this.#why(published) };
      carry(client, way).catch((error: unknown) => {
        this.#options.log.debug({ port: published, err: error }, 'connection to the lab lost');
        client.destroy();
      });
    });
  }

  async #why(published: number): Promise<Problem> {
    try {
      await this.#refresh(this.#options.lab.agent());
    } catch (error) {
      this.#options.log.debug({ err: error }, 'ports of the lab not seen');
    }
    return this.#open.get(published)?.preview.problem ?? noAnswer(published);
  }

  async #closeAll(): Promise<void> {
    if (this.#open.size === 0) return;
    await this.#close([...this.#open.keys()]);
    this.emit('change');
  }

  async #close(ports: readonly number[]): Promise<void> {
    await Promise.all(ports.map((port) => this.#open.get(port)?.host?.close()));
    for (const port of ports) this.#open.delete(port);
  }
}

/** Whether only an event can change the state. */
function isSettled({ state, problem }: Preview): boolean {
  return state === 'answers' || problem?.code === 'preview.container-down';
}

function waitFor(happened: Promise<void>, atMostMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, atMostMs);
    signal.addEventListener('abort', end, { once: true });
    void happened.then(end);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}
