import { type Browser, chromium } from '@playwright/test';
import playwrightSettings from '../../../playwright.config.ts';
import { RealServer } from '../../e2e/support/real-server.ts';
import type { Need } from '../definitions.ts';
import { PlainServer } from '../plain/plain-server-process.ts';
import { LabSession } from './lab-session.ts';

/** Resources shared by the metrics, created at first use: a real server with its lab, a browser, the plain server for comparison. */
export class BenchStage {
  readonly #opened = new Map<string, Promise<unknown>>();
  readonly #closers: (() => Promise<void>)[] = [];

  async prepare(needs: readonly Need[]): Promise<void> {
    for (const need of needs) await this[need]();
  }

  /** A server with its own state folder. Its lab is ready and all images are there. */
  lab(): Promise<LabSession> {
    return this.#once('lab', async () => {
      const server = new RealServer();
      this.#closers.push(() => server.clean());
      await server.start();
      const session = await LabSession.open(server);
      this.#closers.push(() => session.close());
      return session;
    });
  }

  plain(): Promise<PlainServer> {
    return this.#once('plain', async () => {
      const plain = await PlainServer.start();
      this.#closers.push(() => plain.stop());
      return plain;
    });
  }

  browser(): Promise<Browser> {
    return this.#once('browser', async () => {
      const browser = await chromium.launch(playwrightSettings.use?.launchOptions ?? {});
      this.#closers.push(() => browser.close());
      return browser;
    });
  }

  /** Closes everything, even if some of it fails to close. */
  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) {
      await close().catch((error: unknown) => process.stderr.write(`  left behind: ${String(error)}\n`));
    }
    this.#opened.clear();
  }

  #once<T>(name: string, open: () => Promise<T>): Promise<T> {
    const opened = this.#opened.get(name) ?? open();
    this.#opened.set(name, opened);
    return opened as Promise<T>;
  }
}
