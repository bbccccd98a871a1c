/** Why one end reaches another, or does not. */
export type Reason =
  | 'reachable'
  | 'same'
  | 'absent-from-file'
  | 'no-common-network'
  | 'older-than-file'
  | 'no-network'
  | 'host-network'
  | 'shared-network'
  | 'default-bridge'
  | 'internal'
  | 'not-published'
  | 'localhost'
  | 'host-of-desktop'
  | 'address-written'
  | 'name-unknown'
  | 'name-elsewhere'
  | 'not-started'
  | 'ended'
  | 'starting'
  | 'loopback'
  | 'published-port'
  | 'wrong-port'
  | 'nothing-listens'
  | 'port-unknown'
  | 'unhealthy';

/** Whether one end reaches the other, and why. French texts with code in backticks. */
export interface Answer {
  /** Null: it cannot be told. */
  readonly can: boolean | null;
  readonly reason: Reason;
  readonly text: string;
  /** What to do; empty if nothing is needed. */
  readonly mend: string;
}

export function no(reason: Reason, text: string, mend: string): Answer {
  return { can: false, reason, text, mend };
}
