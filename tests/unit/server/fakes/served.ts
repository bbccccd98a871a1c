import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { buildApp } from '../../../../server/app.ts';
import type { ControlRoutesOptions } from '../../../../server/gateway/http/control-routes.ts';
import { ownAuthorities } from '../../../../server/gateway/request-guard.ts';
import { Token } from '../../../../server/gateway/tokens.ts';
import type { Learner } from '../../../../server/learner.ts';
import { createLogger } from '../../../../server/logging/logger.ts';
import { FakeWorkbench } from './fake-workbench.ts';
import { noLabs } from './no-labs.ts';
import { noWorkshops } from './no-workshops.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The whole application on a real loopback socket, with a fake workbench. */
export class Served {
  readonly workbench = new FakeWorkbench();
  /** Who asked for a workbench last. */
  learner: Learner | null = null;
  readonly page = new Token();
  readonly control = new Token();
  readonly siteDir = mkdtempSync(join(tmpdir(), 'escale-site-'));
  logged = '';
  port = 0;
  #app: FastifyInstance | null = null;

  static async open({ locked = false, labs }: { locked?: boolean; labs?: ControlRoutesOptions['labs'] } = {}): Promise<Served> {
    const served = new Served();
    mkdirSync(join(served.siteDir, '_astro'));
    mkdirSync(join(served.siteDir, 'fr', '1.3'), { recursive: true });
    writeFileSync(join(served.siteDir, 'fr', '1.3', 'index.html'), '<!doctype html><title>1.3</title>');
    writeFileSync(join(served.siteDir, 'index.html'), '<!doctype html><title>Escale</title>');
    writeFileSync(join(served.siteDir, '404.html'), '<!doctype html><title>Page introuvable</title>');
    writeFileSync(join(served.siteDir, '_astro', 'app.abc123.js'), 'export {};');
    writeFileSync(join(served.siteDir, '_astro', 'app.abc123.js.br'), brotliCompressSync('export {};'));
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        served.logged += chunk.toString();
        done();
      },
    });
    const app = await buildApp({
      setup: () => served.workbench.setup(),
      workbenchOf: (learner) => {
        served.learner = learner;
        return served.workbench;
      },
      labs: labs ?? noLabs(),
      workshops: noWorkshops(),
      tokens: { page: served.page, control: served.control, locked },
      authorities: () => ownAuthorities([served.port]),
      siteDir: served.siteDir,
      log: createLogger('debug', stream),
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    served.port = (app.server.address() as AddressInfo).port;
    served.#app = app;
    return served;
  }

  async close(): Promise<void> {
    await this.#app?.close();
    rmSync(this.siteDir, { recursive: true, force: true });
  }

  get origin(): string {
    return `http://localhost:${this.port}`;
  }

  /** The headers that a browser sends from the site's own page. */
  get ownPage(): Record<string, string> {
    return { host: `localhost:${this.port}`, origin: this.origin, 'sec-fetch-site': 'same-origin' };
  }

  /** Sends exactly these headers; `host` is the site's by default. */
  ask(method: string, path: string, { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        { host: '127.0.0.1', port: this.port, method, path, headers: { host: `localhost:${this.port}`, ...json, ...headers } },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }

  socket(path: string, headers: Record<string, string> = this.ownPage): WebSocket {
    return new WebSocket(`ws://127.0.0.1:${this.port}${path}`, { headers });
  }
}

/** How a socket ended: `refused` with a status before it opened, or `closed` with a code. */
export function ending(socket: WebSocket): Promise<{ refused: number } | { closed: number }> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => {
      resolve({ refused: response.statusCode ?? 0 });
      response.resume();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => resolve({ closed: code }));
  });
}
