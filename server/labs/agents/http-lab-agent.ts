import { Readable } from 'node:stream';
import { agentHealthSchema, filesChangedSchema, labActivitySchema } from '../../../contract/agent.ts';
import { fileContentSchema, fileTrashedSchema, fileTreeSchema, fileWrittenSchema } from '../../../contract/files.ts';
import { labAnswersOddly } from './agent-errors.ts';
import { execInLab } from './agent-exec.ts';
import { type AgentAddress, agentFailure, askAgent, authorization, openAnswer, tellAgent } from './agent-request.ts';
import { closed, openSocket, parseOrNull, socketUrl } from './agent-socket.ts';
import { openTunnel } from './agent-tunnel.ts';
import { boundedAnswer } from './bounded-answer.ts';
import { BoundedConnections } from './bounded-connections.ts';
import { Collector } from './collector.ts';
import type { ExecResult, LabAgent } from './definitions.ts';

const QUICK_MS = 10_000;
const ENGINE_MS = 60_000;
const TREE_MS = 15 * 60_000;
/** A command without a time of its own is ended after this long, unless its streams are live. */
const EXEC_MS = 10 * 60_000;

const SMALL_BYTES = 16 * 1024;
/** The largest text a file answer holds, each of its characters escaped. */
const CONTENT_BYTES = 8 * 1024 * 1024;
const TREE_LIST_BYTES = 16 * 1024 * 1024;
const WATCH_FRAME_BYTES = 2 * 1024 * 1024;
/** The largest archive taken from a lab: it may go to the host's disk. */
const ARCHIVE_BYTES = 2 * 1024 * 1024 * 1024;
const COLLECT_BYTES = 1024 * 1024;
/** The most that the lab's engine may say in one answer; a stream of events that grows longer is opened anew by its reader. */
const ENGINE_ANSWER_BYTES = 32 * 1024 * 1024;

/** The agent of a lab over HTTP and websockets. Nothing it answers makes the server act, and no redirect is followed. */
export function createLabAgent(address: AgentAddress): LabAgent {
  const url = new URL(address.url);
  const ask = { method: 'GET', deadlineMs: QUICK_MS } as const;
  const inFolder = (name: 'to' | 'from', path: string | undefined): string =>
    path === undefined ? '/tree' : `/tree?${new URLSearchParams({ [name]: path })}`;
  return {
    health: (signal) => askAgent(address, { ...ask, path: '/health', signal }, agentHealthSchema, SMALL_BYTES),
    activity: (signal) => askAgent(address, { ...ask, path: '/activity', signal }, labActivitySchema, SMALL_BYTES),
    engine: (action) =>
      askAgent(address, { method: 'POST', path: '/engine', json: { action }, deadlineMs: ENGINE_MS }, agentHealthSchema, SMALL_BYTES),
    tree: (signal) => askAgent(address, { ...ask, path: '/files/tree', signal }, fileTreeSchema, TREE_LIST_BYTES),
    readFile: (path, signal) =>
      askAgent(address, { ...ask, path: `/files/content?${new URLSearchParams({ path })}`, signal }, fileContentSchema, CONTENT_BYTES),
    writeFile: (write) =>
      askAgent(address, { method: 'PUT', path: '/files/content', json: write, deadlineMs: QUICK_MS }, fileWrittenSchema, SMALL_BYTES),
    makeFolder: (path) => tellAgent(address, { method: 'POST', path: '/files/folder', json: { path }, deadlineMs: QUICK_MS }),
    moveFile: (move) => tellAgent(address, { method: 'POST', path: '/files/move', json: move, deadlineMs: QUICK_MS }),
    trashFile: (path) =>
      askAgent(address, { method: 'POST', path: '/files/trash', json: { path }, deadlineMs: QUICK_MS }, fileTrashedSchema, SMALL_BYTES),
    restoreFile: (restore) => tellAgent(address, { method: 'POST', path: '/files/restore', json: restore, deadlineMs: QUICK_MS }),
    watchFiles: (onChange, signal) => watchFiles(address, onChange, signal),
    putTree: (tar, to) => tellAgent(address, { method: 'PUT', path: inFolder('to', to), body: tar, deadlineMs: TREE_MS }),
    getTree: async (from) =>
      boundedAnswer(await openAnswer(address, { ...ask, path: inFolder('from', from), deadlineMs: TREE_MS }), ARCHIVE_BYTES),
    exec: async (start, options = {}): Promise<ExecResult> => {
      const stdout = new Collector(options.maxBytes ?? COLLECT_BYTES);
      const stderr = new Collector(options.maxBytes ?? COLLECT_BYTES);
      const stdin = options.stdin === undefined ? null : Readable.from([Buffer.from(options.stdin)]);
      const exit = await execInLab(address, { timeoutMs: EXEC_MS, ...start }, { stdin, stdout, stderr }, options.signal);
      return { ...exit, stdout: stdout.text, stderr: stderr.text, truncated: stdout.truncated || stderr.truncated };
    },
    execStream: (start, streams, signal) => execInLab(address, start, streams, signal),
    tunnel: (to, signal) => openTunnel(address, to, signal),
    dockerOptions: {
      host: url.hostname,
      port: Number(url.port || 80),
      version: 'docker',
      headers: authorization(address),
      agent: new BoundedConnections(ENGINE_ANSWER_BYTES),
    },
    terminalUrl: (terminal) => ({ url: socketUrl(address, `/terminals/${encodeURIComponent(terminal)}`), headers: authorization(address) }),
  };
}

async function watchFiles(address: AgentAddress, onChange: (paths: readonly string[]) => void, signal: AbortSignal): Promise<void> {
  const odd = Promise.withResolvers<never>();
  const onFrame = (bytes: Buffer): void => {
    const frame = filesChangedSchema.safeParse(parseOrNull(bytes.toString('utf8')));
    if (frame.success) onChange(frame.data.paths);
    else odd.reject(labAnswersOddly(frame.error));
  };
  const socket = await openSocket(address, '/files/watch', { maxBytes: WATCH_FRAME_BYTES, onFrame, signal });
  try {
    await Promise.race([odd.promise, closed(socket, signal)]);
  } catch (error) {
    if (!signal.aborted) throw agentFailure(error, signal);
  } finally {
    socket.terminate();
  }
}
