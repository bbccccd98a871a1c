import { type Achievement, progressSchema } from '../../../contract/progress.ts';
import type { Session } from '../bench/session.ts';

/** What the learner has met, by its criterion. Throws when there is no server, or it refuses. */
export async function askProgress(session: Session): Promise<ReadonlyMap<string, Achievement>> {
  let answer = await asked(await session.token());
  if (answer.status === 401) {
    // The server has restarted and accepts a new token only.
    session.forget();
    answer = await asked(await session.token());
  }
  if (!answer.ok) throw new Error(`GET /api/progress answered ${answer.status}`);
  const { achievements } = progressSchema.parse(await answer.json());
  return new Map(achievements.map((achievement) => [achievement.criterion, achievement]));
}

function asked(token: string): Promise<Response> {
  return fetch('/api/progress', {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    signal: AbortSignal.timeout(10_000),
  });
}
