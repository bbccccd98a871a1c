import type { UsersTable } from '../postgres/users-table.ts';

type Row = Readonly<Record<string, unknown>>;

/** The columns that the brief's table has. */
const COLUMNS = ['id', 'name', 'username', 'email', 'phone', 'city', 'zipcode', 'lat', 'lng', 'extracted_at'];
const NUMBERS = ['id', 'lat', 'lng'];
/** How much a number may lose on its way through JSON. */
const EPSILON = 1e-6;

/** The first difference between rows of an answer and those of the table. */
export interface RowDifference {
  readonly kind: 'columns' | 'rows' | 'value';
  /** French; what differs. */
  readonly what: string;
  readonly column: string;
}

/** Compares rows of an answer with the table, by id. Columns that the table does not have are not asked for; others of the answer do not matter. */
export function rowDifference(found: readonly Row[], { columns, rows }: Pick<UsersTable, 'columns' | 'rows'>): RowDifference | null {
  const wanted = COLUMNS.filter((column) => columns.some(({ name }) => name === column));
  for (const row of found) {
    const absent = wanted.filter((column) => !(column in row));
    if (absent.length > 0) return { kind: 'columns', what: absent.map((column) => `\`${column}\``).join(', '), column: absent[0] ?? '' };
  }
  for (const row of found) {
    const same = rows.filter(({ id }) => String(id) === String(row.id));
    if (same.length === 0) return { kind: 'rows', what: `l’utilisateur ${String(row.id)}, que la table n’a pas`, column: 'id' };
    const differing = (one: Row) => wanted.find((column) => !sameValue(column, row[column], one[column]));
    const column = same.every((one) => differing(one) !== undefined) ? differing(same[0] ?? {}) : undefined;
    if (column !== undefined) {
      const what = `pour l’utilisateur ${String(row.id)}, \`${column}\` vaut « ${show(row[column])} », et « ${show(same[0]?.[column])} » dans la table`;
      return { kind: 'value', what, column };
    }
  }
  return null;
}

/** Whether every row that the table has too was extracted earlier than the table's: the answer is from before the last load. */
export function isFromBefore(found: readonly Row[], { rows }: Pick<UsersTable, 'rows'>): boolean {
  const pairs = found.flatMap((row) => {
    const there = rows.find(({ id }) => String(id) === String(row.id));
    return there ? [[Date.parse(String(row.extracted_at)), Date.parse(String(there.extracted_at))] as const] : [];
  });
  return pairs.length > 0 && pairs.every(([answer, table]) => answer < table);
}

function sameValue(column: string, one: unknown, other: unknown): boolean {
  if (one === null || other === null) return one === other;
  if (NUMBERS.includes(column)) return Math.abs(Number(one) - Number(other)) < EPSILON;
  // The same time can be written with a blank or a `T`.
  if (column === 'extracted_at') return Date.parse(String(one)) === Date.parse(String(other));
  return String(one) === String(other);
}

function show(value: unknown): string {
  return String(value).slice(0, 60);
}
