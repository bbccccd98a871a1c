import { z } from 'zod';

/** The control port of a lab's data source, inside its container; reached through a port published on loopback, never from the lab. */
export const SOURCE_CONTROL_PORT = 7071;
/** Where the lab's containers read the source. */
export const SOURCE_ORIGIN = 'http://source.datastream.test';
/** The largest body the control port reads, in bytes. */
export const SOURCE_BODY_BYTES = 256 * 1024;

/** A user as the source tells it. Every value is a string where it may look like a number: `06000` is a zipcode. */
export const sourceUserSchema = z.object({
  id: z.number().int().positive(),
  name: z.string().min(1).max(200),
  username: z.string().min(1).max(200),
  email: z.string().min(1).max(200),
  address: z.object({
    street: z.string().max(200),
    suite: z.string().max(200),
    city: z.string().max(200),
    zipcode: z.string().max(20),
    geo: z.object({ lat: z.string().max(20), lng: z.string().max(20) }),
  }),
  phone: z.string().max(60),
  website: z.string().max(200),
  company: z.object({ name: z.string().max(200), catchPhrase: z.string().max(200), bs: z.string().max(200) }),
});

/** Scenarios at once, and how long each is kept after it was last set. */
export const SOURCE_SCENARIOS = 16;
export const SOURCE_SCENARIO_MS = 20 * 60_000;

/** The name of a scenario begins with the id of its trial. */
export const scenarioNameSchema = z.string().regex(/^[a-z0-9-]{8,80}$/);

/** Where the lab's containers read the users of a scenario. */
export function scenarioPath(name: string): string {
  return `/trial/${name}/users`;
}

/**
 * What the source answers on `/users` and `/users/:id`, or on the same below `/trial/:name`; each switch alone, or several at once.
 *
 * | request on the control port, `authorization: Bearer …` | answer |
 * |---|---|
 * | `GET /state` | `sourceStateSchema` |
 * | `PUT /state` `sourceStateSchema`, absent switches back to normal | `sourceStateSchema` |
 * | `GET /users` | what the lab reads on `/users` in this state |
 * | `PUT /trials/:name` `sourceStateSchema` | `scenarioSchema`, its requests counted anew; 429 where there are too many |
 * | `GET /trials/:name` | `scenarioSchema`, or 404 |
 * | `DELETE /trials/:prefix` | 204; every scenario whose name begins so is gone |
 */
export const sourceStateSchema = z.strictObject({
  /** Milliseconds before each answer. */
  delayMs: z.number().int().min(0).max(120_000).default(0),
  /** Instead of users: an error of this status. */
  status: z.number().int().min(400).max(599).nullable().default(null),
  /** A body cut in its middle, announced as JSON. */
  malformed: z.boolean().default(false),
  /** So many users more, ids from 11. */
  extraRows: z.number().int().min(0).max(5000).default(0),
  /** These users instead of the ten. */
  users: z.array(sourceUserSchema).max(1000).nullable().default(null),
});

/** A source of its own, which only those who know its name read. */
export const scenarioSchema = z.object({
  state: sourceStateSchema,
  /** How often its users were asked for since it was set. */
  requests: z.number().int().nonnegative(),
});

export type SourceUser = z.infer<typeof sourceUserSchema>;
export type SourceState = z.infer<typeof sourceStateSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
