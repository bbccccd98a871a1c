import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { EscaleError } from '../../errors/escale-error.ts';
import { errorFromAgent, labAnswersOddly, labAnswersTooMuch, labUnavailable } from './agent-errors.ts';

const HEADER_BYTES = 16 * 1024;
const ERROR_BYTES = 16 * 1024;

export interface AgentAddress {
  /** `http://host:port` */
  readonly url: string;
  readonly token: string;
}

export interface AgentCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly json?: unknown;
  readonly body?: Readable;
  /** For the whole of it, the answer's body included. */
  readonly deadlineMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Asks and parses the answer; at most `maxBytes` of it are read. */
export async function askAgent<T extends z.ZodType>(
  address: AgentAddress,
  call: AgentCall,
  schema: T,
  maxBytes: number,
): Promise<z.output<T>> {
  const response = await openAnswer(address, call);
  const parsed = schema.safeParse(parseJson(await readAtMost(response, maxBytes, call.signal)));
  if (!parsed.success) throw labAnswersOddly(parsed.error);
  return parsed.data;
}

/** Asks for what answers without a body. */
export async function tellAgent(address: AgentAddress, call: AgentCall): Promise<void> {
  await readAtMost(await openAnswer(address, call), ERROR_BYTES, call.signal);
}

/** The answer, once its head says that it is a good one; redirects are errors like the rest. Its body is cut at the call's deadline. */
export async function openAnswer(address: AgentAddress, call: AgentCall): Promise<IncomingMessage> {
  const response = await send(address, call);
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return response;
  throw errorFromAgent(parseJson(await readAtMost(response, ERROR_BYTES, call.signal)));
}

export function authorization(address: AgentAddress): Record<string, string> {
  return { authorization: `Bearer ${address.token}` };
}

/** The caller's own abort keeps its reason; anything else is a lab that does not answer. */
export function agentFailure(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  return error instanceof EscaleError ? error : labUnavailable(error);
}

function send(address: AgentAddress, call: AgentCall): Promise<IncomingMessage> {
  const json = call.json === undefined ? null : Buffer.from(JSON.stringify(call.json));
  const headers = {
    ...authorization(address),
    ...(json === null ? {} : { 'content-type': 'application/json', 'content-length': json.length }),
  };
  const deadline = AbortSignal.timeout(call.deadlineMs);
  const signal = call.signal === undefined ? deadline : AbortSignal.any([call.signal, deadline]);
  return new Promise((resolve, reject) => {
    const options = { method: call.method, headers, signal, agent: false, maxHeaderSize: HEADER_BYTES };
    const request = httpRequest(new URL(call.path, address.url), options, (response) => {
      call.body?.unpipe(request);
      resolve(response);
    });
    const fail = (error: unknown): void => reject(agentFailure(error, call.signal));
    request.on('error', fail);
    if (call.body === undefined) request.end(json ?? undefined);
    else pipeline(call.body, request).catch((error: unknown) => (call.body?.errored ? reject(call.body.errored) : fail(error)));
  });
}

async function readAtMost(response: IncomingMessage, maxBytes: number, signal: AbortSignal | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += bytes.length;
      if (size > maxBytes) throw labAnswersTooMuch(maxBytes);
      chunks.push(bytes);
    }
  } catch (error) {
    throw agentFailure(error, signal);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw labAnswersOddly(error);
  }
}
