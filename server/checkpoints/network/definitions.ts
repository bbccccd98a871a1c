import type { Duplex } from 'node:stream';

/** Where a program of the learner's stack listens, as the machine of its engine reaches it. `host` is an IP address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** TCP connections from the machine of the learner's engine. */
export interface Dialer {
  /**
   * Throws `NoAnswer` where nothing listens or the address cannot be reached, `LabUnavailable` where that could not be
   * tried, and the signal's reason. A connection that is lost because the lab is has an `EscaleError` as its error.
   */
  connect(to: Address, signal: AbortSignal): Promise<Duplex>;
}

/** What the programs of the learner's stack answer. All that they can do wrong is told as a failure; only a lab that is lost and an abort throw. */
export interface StackNetwork {
  http(at: Address, request: HttpRequest, signal: AbortSignal): Promise<Outcome<HttpReply>>;
  redis(at: Address, request: RedisRequest, signal: AbortSignal): Promise<Outcome<RedisReply>>;
}

export type Outcome<T> = { readonly answer: T } | { readonly failure: Failure };

export interface Failure {
  /**
   * - `closed`: nothing listens, or it hung up without a word, as before it has started.
   * - `unreachable`: the address does not answer at all.
   * - `starting`: it says itself that it is starting.
   * - `refused`: any other answer than one to the question.
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
  /** How many redirects to the same server are followed. What leads elsewhere is an answer like any other. */
  readonly redirects?: number;
  readonly maxBytes?: number;
  /** For the whole answer, redirects included. */
  readonly timeoutMs?: number;
  /** For any part of the answer to come. */
  readonly idleMs?: number;
}

export interface HttpReply {
  readonly status: number;
  /** By their names in lower case; those that came several times are joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** Not decompressed: no compressed answer is asked for. */
  readonly body: string;
  /** The body goes on beyond `maxBytes`. */
  readonly truncated: boolean;
  /** Where the redirects led. */
  readonly path: string;
}

export interface Credentials {
  readonly user?: string;
  readonly password: string;
}

export interface RedisRequest {
  readonly command: readonly string[];
  /** Given only where the server asks for it. */
  readonly auth?: Credentials;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
}

/** An error inside a list is its text. */
export type RedisReply = string | number | null | readonly RedisReply[];
