import type { Duplex } from 'node:stream';

/** Where a program of the learner's stack listens, seen from the engine's machine. `host` is an IP address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** TCP connections from the machine of the learner's engine. */
export interface Dialer {
  /**
   * Throws `NoAnswer` if nothing listens or the address cannot be reached, `LabUnavailable` if it could not try, and the
   * signal's reason. If the connection is lost because the lab is lost, its error is an `EscaleError`.
   */
  connect(to: Address, signal: AbortSignal): Promise<Duplex>;
}

/** Asks the programs of the learner's stack. Everything that they do wrong is a `Failure`. Only a lost lab and an abort throw. */
export interface StackNetwork {
  http(at: Address, request: HttpRequest, signal: AbortSignal): Promise<Outcome<HttpReply>>;
  redis(at: Address, request: RedisRequest, signal: AbortSignal): Promise<Outcome<RedisReply>>;
  mongo(at: Address, request: MongoRequest, signal: AbortSignal): Promise<Outcome<MongoReply>>;
}

export type Outcome<T> = { readonly answer: T } | { readonly failure: Failure };

export interface Failure {
  /**
   * - `closed`: nothing listens, or it closed the connection without an answer, as programs do while they start.
   * - `unreachable`: the address does not answer at all.
   * - `starting`: it says itself that it is starting.
   * - `refused`: it gave no usable answer.
   */
  readonly kind: 'closed' | 'unreachable' | 'starting' | 'refused';
  /** French, about « il », the service; or the program's own words. */
  readonly said: string;
}

export interface HttpRequest {
  /** `GET` unless given. A look only asks with methods that change nothing. */
  readonly method?: string;
  readonly path: string;
  /** Without secrets: they are written into recordings. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly auth?: Credentials;
  /** What the server is called in the `Host` header. */
  readonly host: string;
  /** Maximum number of redirects on the same server. A redirect to another server is not followed, and is the answer. */
  readonly redirects?: number;
  readonly maxBytes?: number;
  /** Maximum time for the whole answer, redirects included. */
  readonly timeoutMs?: number;
  /** Maximum time without receiving anything. */
  readonly idleMs?: number;
}

export interface HttpReply {
  readonly status: number;
  /** By lower-case name. Repeated headers are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Not decompressed: the request accepts no compression. */
  readonly body: string;
  /** The body is longer than `maxBytes`. */
  readonly truncated: boolean;
  /** The path after redirects. */
  readonly path: string;
}

export interface Credentials {
  readonly user?: string;
  readonly password: string;
}

export interface RedisRequest {
  readonly command: readonly string[];
  /** Sent only if the server requires it. */
  readonly auth?: Credentials;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
}

/** An error inside a list is replaced by its text. */
export type RedisReply = string | number | null | readonly RedisReply[];

export interface MongoRequest {
  readonly database: string;
  /** As plain JSON, the command's name first: `{ count: 'raw_data' }`. A look only sends commands that change nothing. */
  readonly command: Readonly<Record<string, unknown>>;
  /** An account of the database `admin`, used only if the server refuses the command without one. */
  readonly auth?: Required<Credentials>;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
}

/** The document that answers a command, as plain JSON (relaxed Extended JSON), or the error that the server reports. */
export type MongoReply = { readonly document: Readonly<Record<string, unknown>> } | { readonly error: MongoError };

export interface MongoError {
  /** MongoDB's number: 13 is « unauthorized », 18 « authentication failed ». */
  readonly code: number;
  readonly said: string;
}
