import { BSONError, type Document, deserialize, serialize } from 'bson';
import type { ByteSource } from './byte-source.ts';
import { noAnswer } from './no-answer.ts';

const OP_MSG = 2013;
const HEADER_BYTES = 16;
/** Flags, then the kind of the only section, a document. */
const PREFIX_BYTES = 5;

/** A command in one message. Source: the wire protocol's « OP_MSG ». */
export function encodeMessage(id: number, document: Document): Buffer {
  const body = serialize(document);
  const message = Buffer.alloc(HEADER_BYTES + PREFIX_BYTES + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(id, 4);
  message.writeInt32LE(OP_MSG, 12);
  message.set(body, HEADER_BYTES + PREFIX_BYTES);
  return message;
}

/** Reads the document of one reply. Announced lengths are not trusted: only received bytes use memory. */
export async function readMessage(source: ByteSource): Promise<Document> {
  const header = await source.bytes(HEADER_BYTES);
  const rest = header.readInt32LE(0) - HEADER_BYTES;
  if (header.readInt32LE(12) !== OP_MSG || rest <= PREFIX_BYTES) throw noAnswer.notSpoken('MongoDB');
  const message = await source.bytes(rest);
  if (message[PREFIX_BYTES - 1] !== 0) throw noAnswer.notSpoken('MongoDB');
  try {
    return deserialize(message.subarray(PREFIX_BYTES), { allowObjectSmallerThanBufferSize: true });
  } catch (cause) {
    if (cause instanceof BSONError || cause instanceof RangeError) throw noAnswer.notSpoken('MongoDB', cause);
    throw cause;
  }
}
