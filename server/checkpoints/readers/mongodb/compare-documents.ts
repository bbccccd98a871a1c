import { isDeepStrictEqual } from 'node:util';
import type { SourceUser } from '../../../../contract/source.ts';
import type { RawDocument, RawDocuments } from './raw-documents.ts';

/** A user as a source gives it: whatever fields it has, with an id. */
export type RawUser = Pick<SourceUser, 'id'>;

/** Raw documents beside what the source gives. */
export interface DocumentComparison {
  readonly count: number;
  /** Number of users of the source. */
  readonly wanted: number;
  /** Ids of the source without a document. */
  readonly missing: readonly number[];
  /** Ids whose document lacks these nested fields, or has them flattened. */
  readonly flat: { readonly ids: readonly number[]; readonly fields: readonly string[] } | null;
  /** The first document whose values are not those of the source. */
  readonly changed: { readonly id: number; readonly field: string } | null;
  /** Ids with several documents. */
  readonly repeated: readonly number[];
  /** One document holds all users. */
  readonly together: boolean;
}

/** A document may have more fields than the source gives, and may keep the user in one of its own fields. */
export function compareDocuments({ count, documents }: RawDocuments, users: readonly RawUser[]): DocumentComparison {
  const kept = documents.map(userIn);
  const all = users.map((user) => ({ user, found: kept.filter((one) => idOf(one) === user.id) }));
  const known = all.flatMap(({ user, found: [first] }) => (first === undefined ? [] : [{ user, first }]));
  const lost = known.map(({ user, first }) => ({ id: user.id, fields: nestedFields(user).filter((field) => !isObject(first[field])) }));
  const flat = lost.filter(({ fields }) => fields.length > 0);
  return {
    count,
    wanted: users.length,
    missing: all.filter(({ found }) => found.length === 0).map(({ user }) => user.id),
    flat: flat[0] === undefined ? null : { ids: flat.map(({ id }) => id), fields: flat[0].fields },
    changed: known.map(({ user, first }) => changedField(user, first)).find((one) => one !== null) ?? null,
    repeated: all.filter(({ found }) => found.length > 1).map(({ user }) => user.id),
    together: documents.some((document) =>
      Object.values(document).some((value) => Array.isArray(value) && value.length >= users.length && value.every(isUser)),
    ),
  };
}

/** The document itself, or the user that it wraps. */
function userIn(document: RawDocument): RawDocument {
  if (isUser(document)) return document;
  return Object.values(document).find(isUser) ?? document;
}

function isUser(value: unknown): value is RawDocument {
  return isObject(value) && ('username' in value || 'email' in value);
}

function idOf(document: RawDocument): number {
  const { id, _id } = document;
  return Number(id ?? _id);
}

function nestedFields(user: RawUser): string[] {
  return Object.entries(user).flatMap(([name, value]) => (isObject(value) ? [name] : []));
}

function changedField(user: RawUser, document: RawDocument): DocumentComparison['changed'] {
  const field = Object.entries(user).find(([name, value]) => name !== 'id' && !isDeepStrictEqual(value, document[name]))?.[0];
  return field === undefined ? null : { id: user.id, field };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
