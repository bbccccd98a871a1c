import type { Agent } from 'node:http';
import type { Duplex, Readable, Writable } from 'node:stream';
import type { AgentHealth, ExecStart, LabActivity } from '../../../contract/agent.ts';
import type { FileContent, FileMove, FileRestore, FileTree, FileWrite } from '../../../contract/files.ts';

/** What a command in a lab gave, bounded. */
export interface ExecResult {
  readonly code: number;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** Output beyond `maxBytes` was dropped. */
  readonly truncated: boolean;
}

export interface ExecStreams {
  readonly stdin: Readable | null;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** A port of the lab itself, or of an address in one of its networks. */
export interface TunnelTarget {
  readonly port: number;
  readonly host?: string;
}

/** A lab's agent as the server sees it. Every reply is parsed and bounded; every call ends by `signal` or its own deadline. */
export interface LabAgent {
  health(signal?: AbortSignal): Promise<AgentHealth>;
  /** What runs in the lab now. */
  activity(signal?: AbortSignal): Promise<LabActivity>;
  engine(action: 'start' | 'stop' | 'restart'): Promise<AgentHealth>;
  tree(signal?: AbortSignal): Promise<FileTree>;
  readFile(path: string, signal?: AbortSignal): Promise<FileContent>;
  writeFile(write: FileWrite): Promise<{ path: string; version: string }>;
  makeFolder(path: string): Promise<void>;
  moveFile(move: FileMove): Promise<void>;
  /** To the lab's trash; answers the name under which it is kept there. */
  trashFile(path: string): Promise<{ trash: string }>;
  restoreFile(restore: FileRestore): Promise<void>;
  /** Runs until `signal` aborts; rejects when the lab is lost. The first call, without paths, says that the watch is on; `.` stands for everything. */
  watchFiles(onChange: (paths: readonly string[]) => void, signal: AbortSignal): Promise<void>;
  /** Makes the folder equal to the tar's content. */
  putTree(tar: Readable, to?: string): Promise<void>;
  getTree(from?: string): Promise<Readable>;
  /** Runs and collects, at most `maxBytes` (default 1 MiB) per stream. */
  exec(start: ExecStart, options?: { stdin?: string; maxBytes?: number; signal?: AbortSignal }): Promise<ExecResult>;
  /** Runs with live streams; resolves to the exit status. */
  execStream(start: ExecStart, streams: ExecStreams, signal?: AbortSignal): Promise<{ code: number; timedOut: boolean }>;
  /** A connection; rejects with `tunnel.refused` where nobody listens, and with `tunnel.unreachable`. */
  tunnel(to: TunnelTarget, signal?: AbortSignal): Promise<Duplex>;
  /** For dockerode: `new Docker(agent.dockerOptions)`. `version` is what dockerode puts before each path (it drops a path prefix); `agent` bounds each answer. */
  readonly dockerOptions: { host: string; port: number; version: string; headers: Record<string, string>; agent: Agent };
  /** For bridging a terminal. */
  readonly terminalUrl: (terminal: string) => { url: string; headers: Record<string, string> };
}
