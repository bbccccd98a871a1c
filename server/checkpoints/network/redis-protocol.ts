import type { ByteSource } from './byte-source.ts';
import type { RedisReply } from './definitions.ts';
import { noAnswer } from './no-answer.ts';

const DEPTH = 16;

/** An error that Redis answers: a code in capitals, then its words. */
export class RedisError {
  readonly said: string;

  constructor(said: string) {
    this.said = said;
  }

  get code(): string {
    return this.said.split(' ')[0] ?? '';
  }
}

/** A command as RESP 2 writes it. */
export function encodeCommand(command: readonly string[]): string {
  return `*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

/** One reply of RESP 2. What it announces is not believed: only what has come takes memory. */
export async function readReply(source: ByteSource, depth = 0): Promise<RedisReply | RedisError> {
  const line = await source.line();
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return rest;
    case '-':
      return new RedisError(rest);
    case ':':
      return integer(rest);
    case '$': {
      const bytes = integer(rest);
      return bytes < 0 ? null : source.text(bytes);
    }
    case '*': {
      const count = integer(rest);
      if (count < 0) return null;
      if (depth === DEPTH) throw noAnswer.notSpoken('Redis');
      const items: RedisReply[] = [];
      while (items.length < count) {
        const item = await readReply(source, depth + 1);
        items.push(item instanceof RedisError ? item.said : item);
      }
      return items;
    }
    default:
      throw noAnswer.notSpoken('Redis');
  }
}

function integer(text: string): number {
  if (!/^-?\d{1,20}$/.test(text)) throw noAnswer.notSpoken('Redis');
  return Number(text);
}
