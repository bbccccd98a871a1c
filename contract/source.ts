import { z } from 'zod';

/**
 * The control port of a lab's data source, inside the lab's container. It is published on the host's loopback and is not reachable from the
 * lab.
 */
export const SOURCE_CONTROL_PORT = 7071;
/** The URL at which the lab's containers read the source. */
export const SOURCE_ORIGIN = 'http://source.datastream.test';
/** The largest body the control port reads, in bytes. */
export const SOURCE_BODY_BYTES = 256 * 1024;

/** A user as the source returns it. Every value that could look like a number is a string: `06000` is a zipcode. */
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

/** Maximum number of scenarios at a time, and how long each is kept after it was last set. */
export const SOURCE_SCENARIOS = 16;
export const SOURCE_SCENARIO_MS = 20 * 60_000;

/** The name of a scenario begins with the id of its trial. */
export const scenarioNameSchema = z.string().regex(/^[a-z0-9-]{8,80}$/);

/** The path at which the lab's containers read the users of a scenario. */
export function scenarioPath(name: string): string {
  return `/trial/${name}/users`;
}

/**
 * The state of the source: what it returns on `/users` and `/users/:id`, or on the same paths below `/trial/:name`. Each setting works
 * alone or together with others.
 *
 * | request on the control port, `authorization: Bearer …` | reply |
 * |---|---|
 * | `GET /state` | `sourceStateSchema` |
 * | `PUT /state` `sourceStateSchema`; fields left out return to their defaults | `sourceStateSchema` |
 * | `GET /users` | what the lab gets on `/users` in this state |
 * | `PUT /trials/:name` `sourceStateSchema` | `scenarioSchema`, with its count of requests reset; 429 when there are too many scenarios |
 * | `GET /trials/:name` | `scenarioSchema`, or 404 |
 * | `DELETE /trials/:prefix` | 204; removes every scenario whose name starts with the prefix |
 */
export const sourceStateSchema = z.strictObject({
  /** Delay before each reply, in milliseconds. */
  delayMs: z.number().int().min(0).max(120_000).default(0),
  /** When set, the source replies with this error status and no users. */
  status: z.number().int().min(400).max(599).nullable().default(null),
  /** When true, the body is cut in the middle, and is still announced as JSON. */
  malformed: z.boolean().default(false),
  /** Number of additional users, with ids from 11. */
  extraRows: z.number().int().min(0).max(5000).default(0),
  /** When set, these users replace the ten default ones. */
  users: z.array(sourceUserSchema).max(1000).nullable().default(null),
});

/** A scenario: a state of the source under a path of its own, read only by those who know its name. */
export const scenarioSchema = z.object({
  state: sourceStateSchema,
  /** Number of requests for its users since it was set. */
  requests: z.number().int().nonnegative(),
});

export type SourceUser = z.infer<typeof sourceUserSchema>;
export type SourceState = z.infer<typeof sourceStateSchema>;
export type Scenario = z.infer<typeof scenarioSchema>;
