import { z } from 'zod';
import { jsonOrNull } from './json-or-null.ts';

/** What an API answered: a status and the body's beginning, or why there was no answer. */
export type ApiAnswer = { readonly status: number; readonly body: string } | { readonly failed: string };

const usersSchema = z.object({ count: z.number(), data: z.array(z.looseObject({ id: z.coerce.number() })) });

export function statusOf(answer: ApiAnswer): number | null {
  return 'status' in answer ? answer.status : null;
}

export function isGood(answer: ApiAnswer): boolean {
  const status = statusOf(answer);
  return status !== null && status >= 200 && status < 300;
}

export function bodyOf(answer: ApiAnswer): string {
  return 'body' in answer ? answer.body : answer.failed;
}

/** An answer in a sentence: its status and the beginning of its body. */
export function say(answer: ApiAnswer): string {
  return 'failed' in answer ? answer.failed : `${answer.status} \`${answer.body.replace(/\s+/g, ' ').slice(0, 160)}\``;
}

/** Whether the body is a JSON object with this key. */
export function hasKey(answer: ApiAnswer, key: string): boolean {
  const value = jsonOrNull(bodyOf(answer));
  return typeof value === 'object' && value !== null && key in value;
}

/** The ids that `/users` answered, if the answer has the brief's form. */
export function userIds(answer: ApiAnswer): readonly number[] | null {
  return usersSchema.safeParse(jsonOrNull(bodyOf(answer))).data?.data.map(({ id }) => id) ?? null;
}
