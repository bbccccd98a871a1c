import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import type { UsersTable } from '../postgres/users-table.ts';
import { type EndpointReading, readEndpoint } from './read-endpoint.ts';

const statsSchema = z.object({
  total_users: z.number(),
  cities: z.array(z.object({ city: z.string().nullable(), count: z.number() })),
});
type Stats = z.infer<typeof statsSchema>;

export interface StatsReading extends EndpointReading {
  /** Undefined if the answer has another form. */
  readonly found: Stats | undefined;
  /** The number of users of all its cities. */
  readonly sum: number;
  /** French: the first city whose number differs from the table's. */
  readonly wrong: string | null;
}

/** The answer of `/stats`, compared with the table. */
export async function readStats(view: LabView, table: UsersTable): Promise<StatsReading> {
  const judged = (value: unknown) => {
    const found = statsSchema.safeParse(value).data;
    const sum = found?.cities.reduce((all, { count }) => all + count, 0) ?? 0;
    return { found, sum, wrong: found ? wrongCity(found, table) : null };
  };
  const reading = await readEndpoint(view, 'stats', '/stats', (value) => {
    const { found, sum, wrong } = judged(value);
    return found?.total_users === table.count && sum === table.count && wrong === null;
  });
  return { ...reading, ...judged(reading.value) };
}

/** Null also if the table is too long to be counted here, or has no cities. */
function wrongCity({ cities }: Stats, { count, rows, columns }: UsersTable): string | null {
  if (count > rows.length || !columns.some(({ name }) => name === 'city')) return null;
  const wanted = new Map<string, number>();
  for (const { city } of rows) wanted.set(String(city), (wanted.get(String(city)) ?? 0) + 1);
  for (const [city, number] of wanted) {
    const found = cities.filter((one) => String(one.city) === city);
    if (found.length === 0) return `la ville « ${city} » manque`;
    if (found.length > 1) return `la ville « ${city} » est là ${found.length} fois`;
    if (found[0]?.count !== number) return `« ${city} » a ${found[0]?.count} utilisateurs, au lieu de ${number}`;
  }
  return null;
}
