import type { ErrorBody } from '../../contract/errors.ts';

/** The kind of an error decides its HTTP status and the command line's exit status. */
export type ErrorKind = 'usage' | 'unauthorized' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable' | 'fault';

const HTTP_STATUS: Record<ErrorKind, number> = {
  usage: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
  fault: 500,
};
const EXIT_STATUS: Record<ErrorKind, number> = {
  usage: 64,
  unauthorized: 69,
  forbidden: 69,
  'not-found': 64,
  conflict: 69,
  unavailable: 69,
  fault: 70,
};

/** An error shown to people: `message` says what happened and why, `hint` what to do next, both in French. */
export class EscaleError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string;

  constructor(kind: ErrorKind, code: string, text: { message: string; hint: string }, options?: { cause?: unknown }) {
    super(text.message, options);
    this.name = 'EscaleError';
    this.kind = kind;
    this.code = code;
    this.hint = text.hint;
  }

  get httpStatus(): number {
    return HTTP_STATUS[this.kind];
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.kind];
  }

  toBody(): ErrorBody {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}
