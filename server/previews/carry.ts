import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Problem } from './definitions.ts';
import { refusalPage } from './refusal-page.ts';

/** How long a client that was refused may take to say what it wants. */
const FIRST_BYTES_MS = 1000;
/** The silence of the lab after which a client that has said all it has to say is taken as gone: the tunnel carries no half-closed connection. */
const LAST_ANSWER_MS = 1500;
const CUT_MS = 2000;
const HEAD_BYTES = 4096;
const REQUEST = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+ HTTP\/1\.[01]\r\n/;

export interface Way {
  /** A connection to the lab's port. */
  readonly open: () => Promise<Duplex>;
  /** Why nothing answers there, looked at now. */
  readonly why: () => Promise<Problem>;
}

/**
 * Carries bytes between a client of this machine and a port of the lab, each waiting for the other. Where the lab's side
 * refuses, or hangs up without a word as an engine does for a container where nothing listens, a client that speaks HTTP
 * gets a page that says why; any other is cut.
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

/** The first line that a client says, or what it said of one when it went or took too long. */
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
