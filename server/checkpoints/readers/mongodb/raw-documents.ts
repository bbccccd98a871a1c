import { z } from 'zod';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import type { MongoReply } from '../../network/definitions.ts';
import { askMongoIn, mongo } from './ask-mongo.ts';

/** The names that the brief gives them. */
export const DATABASE = 'datawarehouse';
export const COLLECTION = 'raw_data';
/** Maximum number of documents that are read. */
const READ = 300;
const ELSEWHERE = 20;
/** Databases of MongoDB itself. */
const OWN = ['admin', 'config', 'local'];

const countSchema = z.object({ n: z.number() });
const documentSchema = z.record(z.string(), z.unknown());
const findSchema = z.object({ cursor: z.object({ firstBatch: z.array(documentSchema).max(READ) }) });
const databasesSchema = z.object({ databases: z.array(z.object({ name: z.string() })).max(1000) });
const collectionsSchema = z.object({ cursor: z.object({ firstBatch: z.array(z.object({ name: z.string() })).max(1000) }) });

export type RawDocument = z.infer<typeof documentSchema>;

export interface RawDocuments {
  readonly count: number;
  /** The first ones, as relaxed Extended JSON. */
  readonly documents: readonly RawDocument[];
}

export type RawReading = RawDocuments | { readonly refused: string };

type Ask = (database: string, command: Readonly<Record<string, unknown>>) => Promise<MongoReply>;

/** The raw documents of the learner's stack. Read once per look. Throws `NotRead` if MongoDB gives no answer. */
export function rawDocuments(view: LabView): Promise<RawReading> {
  return readDocuments((database, command) => mongo(view, { database, command }));
}

/** The raw documents in any container of MongoDB, read at each call. */
export function rawDocumentsNow(view: LabView, container: ContainerFacts): Promise<RawReading> {
  return readDocuments(async (database, command) => {
    const outcome = await askMongoIn(view, container, { database, command });
    return 'answer' in outcome ? outcome.answer : { error: { code: 0, said: outcome.failure.said } };
  });
}

async function readDocuments(ask: Ask): Promise<RawReading> {
  const counted = await ask(DATABASE, { count: COLLECTION });
  if ('error' in counted) return { refused: counted.error.said };
  const count = countSchema.safeParse(counted.document).data?.n ?? 0;
  if (count === 0) return { count, documents: [] };
  const found = await ask(DATABASE, { find: COLLECTION, limit: READ, batchSize: READ, singleBatch: true });
  if ('error' in found) return { refused: found.error.said };
  return { count, documents: findSchema.safeParse(found.document).data?.cursor.firstBatch ?? [] };
}

/** The other collections that the learner's MongoDB holds, as `database.collection`. */
export async function otherCollections(view: LabView): Promise<string[]> {
  const listed = await mongo(view, { database: 'admin', command: { listDatabases: 1, nameOnly: true } });
  const databases = 'error' in listed ? [] : (databasesSchema.safeParse(listed.document).data?.databases ?? []);
  const names: string[] = [];
  for (const { name: database } of databases.filter(({ name }) => !OWN.includes(name)).slice(0, ELSEWHERE)) {
    const reply = await mongo(view, { database, command: { listCollections: 1, nameOnly: true } });
    const collections = 'error' in reply ? [] : (collectionsSchema.safeParse(reply.document).data?.cursor.firstBatch ?? []);
    names.push(...collections.map(({ name }) => `${database}.${name}`).filter((name) => name !== `${DATABASE}.${COLLECTION}`));
  }
  return names.slice(0, ELSEWHERE);
}
