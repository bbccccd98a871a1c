import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../../server/app.ts';
import { ownAuthorities } from '../../../server/gateway/request-guard.ts';
import { Token } from '../../../server/gateway/tokens.ts';
import { createLogger } from '../../../server/logging/logger.ts';
import { type RunningAgent, startAgent } from '../../integration/agent/start-agent.ts';
import { noLabs } from '../../unit/server/fakes/no-labs.ts';
import { noWorkshops } from '../../unit/server/fakes/no-workshops.ts';
import { StageWorkbench } from './stage-workbench.ts';
import { READY } from './states.ts';

/** The built site behind the real gateway, with shells of a real agent. Only the state of the lab is set by the test. */
export class Stage {
  readonly workbench: StageWorkbench;
  readonly #agent: RunningAgent;
  readonly #locked: boolean;
  #app: FastifyInstance | undefined;
  #token = new Token();
  #port = 0;

  private constructor(agent: RunningAgent, locked: boolean) {
    this.#agent = agent;
    this.#locked = locked;
    this.workbench = new StageWorkbench(agent.client, READY);
  }

  static async open({ locked = false } = {}): Promise<Stage> {
    const stage = new Stage(await startAgent(), locked);
    await stage.listen();
    return stage;
  }

  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  get token(): string {
    return this.#token.value;
  }

  /** Serves again after `cut` with a new token, like a restarted server. */
  async listen(): Promise<void> {
    this.#token = new Token();
    const app = await buildApp({
      setup: () => this.workbench.setup(),
      workbenchOf: () => this.workbench,
      labs: noLabs(),
      workshops: noWorkshops(),
      tokens: { page: this.#token, control: new Token(), locked: this.#locked },
      authorities: () => ownAuthorities([this.#port]),
      siteDir: resolve(import.meta.dirname, '../../../dist'),
      log: createLogger('error', new Writable({ write: (_chunk, _encoding, done) => done() })),
    });
    await app.listen({ host: '127.0.0.1', port: this.#port });
    const { port } = app.server.address() as AddressInfo;
    this.#port = port;
    this.#app = app;
  }

  /** Stops the server as if it were killed; shells keep running. */
  async cut(): Promise<void> {
    await this.#app?.close();
    this.#app = undefined;
  }

  async close(): Promise<void> {
    await this.cut();
    await this.#agent.stop();
  }
}
