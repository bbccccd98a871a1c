import { z } from 'zod';
import type { LabView } from '../../definitions.ts';

/** The course's data source, as labs reach it. */
const DEFAULT = 'http://source.datastream.test/users';

const userSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  username: z.string(),
  email: z.string(),
  phone: z.string(),
  address: z.looseObject({ city: z.string(), zipcode: z.string() }),
});

export type SourceUser = z.infer<typeof userSchema>;

export type SourceReading =
  | { readonly state: 'told'; readonly users: readonly SourceUser[] }
  /** `status` 0: nothing answers there. */
  | { readonly state: 'refused'; readonly status: number };

/** What a source answers now, asked from where the learner is. */
export function readSource(view: LabView, url: string): Promise<SourceReading> {
  return view.once(`source:${url}`, async () => {
    const { stdout } = await view.tool([
      'curl',
      '--silent',
      '--location',
      '--proto',
      '=http,https',
      '--max-time',
      '10',
      '--write-out',
      '\n%{http_code}',
      '--',
      url,
    ]);
    const cut = stdout.lastIndexOf('\n');
    const status = Number(stdout.slice(cut + 1)) || 0;
    const users = status === 200 ? usersIn(stdout.slice(0, cut)) : null;
    return users ? { state: 'told', users } : { state: 'refused', status };
  });
}

/** The source that a container was told of, and the course's own where that one does not answer. */
export async function sourceOf(
  view: LabView,
  env: readonly string[],
): Promise<{ own: SourceReading | null; users: readonly SourceUser[] | null }> {
  const url = env.find((variable) => variable.startsWith('SOURCE_API_URL='))?.slice('SOURCE_API_URL='.length);
  const own = url && /^https?:\/\//.test(url) ? await readSource(view, url) : null;
  if (own?.state === 'told') return { own, users: own.users };
  const course = await readSource(view, DEFAULT);
  return { own, users: course.state === 'told' ? course.users : null };
}

function usersIn(body: string): SourceUser[] | null {
  try {
    const parsed = z.array(userSchema).max(100_000).safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
