import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Problem } from './definitions.ts';
import { refusalPage } from './refusal-page.ts';

/** Maximum time to wait for a refused client's first bytes. */
const FIRST_BYTES_MS = 1000;
/**
 * After this time without data from the lab, a client that has ended its sending side counts as gone, since the tunnel cannot carry
 * half-closed connections.
 */
const LAST_ANSWER_MS = 1500;
const CUT_MS = 2000;
const HEAD_BYTES = 4096;
const REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+ HTTP\/1\.[01]\r\n/;

export interface Way {
  /** Opens a connection to the lab's port. */
  readonly open: () => Promise<Duplex>;
  /** Determines why nothing answers there. */
  readonly why: () => Promise<Problem>;
}

/**
 * Forwards bytes between a client on this machine and a port of the lab, each side pausing while the other is slow. The lab's side may
 * refuse, or close without data, as an engine does for a container where nothing listens. Then an HTTP client gets a page that says why;
 * any other client is disconnected.
 */
export async function carry(client: Socket, { open, why }: Way): Promise<void> {
  client.setNoDelay(true);
  client.on('error', () => client.destroy());
  const lab = await open().catch(() => null);
  const head = listenToHead(client);
  if (lab === null) return refuse(client, head, why);
  let answered = false;
  lab.once('data', () => {
    answered = true;
  });
  lab.on('error', () => lab.destroy());
  lab.once('close', () => {
    if (answered) client.end();
    else void refuse(client, head, why);
  });
  client.once('end', () => endOnSilence(lab));
  client.once('close', () => lab.destroy());
  client.pipe(lab, { end: false });
  lab.pipe(client, { end: false });
  if (client.destroyed) lab.destroy();
}

function endOnSilence(lab: Duplex): void {
  const timer = setTimeout(() => lab.destroy(), LAST_ANSWER_MS);
  lab.on('data', () => timer.refresh()).once('close', () => clearTimeout(timer));
}

async function refuse(client: Socket, head: Promise<string>, why: () => Promise<Problem>): Promise<void> {
  const asked = await head;
  if (!REQUEST.test(asked) || client.destroyed) return void client.destroy();
  const problem = await why();
  client.end(refusalPage(problem, asked.startsWith('HEAD ')));
  client.resume();
  setTimeout(() => client.destroy(), CUT_MS).unref();
}

/** The first line from a client, or what it sent before it disconnected or the time ran out. */
function listenToHead(client: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const hear = (bytes: Buffer): void => {
      text = (text + bytes.toString('latin1')).slice(0, HEAD_BYTES);
      if (text.includes('\n') || text.length === HEAD_BYTES) end();
    };
    const end = (): void => {
      clearTimeout(timer);
      client.off('data', hear);
      resolve(text);
    };
    const timer = setTimeout(end, FIRST_BYTES_MS);
    client.on('data', hear);
    client.once('close', end);
  });
}
