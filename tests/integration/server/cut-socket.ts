import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A proxy socket in front of the engine's. It can be removed and put back, so that the engine disappears for its users only. */
export class CutSocket {
  readonly path = join(mkdtempSync(join(tmpdir(), 'escale-cut-')), 'docker.sock');
  readonly #engine: string;
  readonly #open = new Set<Socket>();
  #server: Server | null = null;

  constructor(engine = '/var/run/docker.sock') {
    this.#engine = engine;
  }

  async join(): Promise<void> {
    const server = createServer((client) => this.#pass(client));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.path, resolve));
  }

  async cut(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async end(): Promise<void> {
    await this.cut();
    rmSync(join(this.path, '..'), { recursive: true, force: true });
  }

  #pass(client: Socket): void {
    const engine = createConnection({ path: this.#engine, allowHalfOpen: true });
    for (const socket of [client, engine]) {
      this.#open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#open.delete(socket));
    }
    client.pipe(engine).pipe(client);
    client.on('close', () => engine.destroy());
  }
}
