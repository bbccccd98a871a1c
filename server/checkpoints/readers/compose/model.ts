import { z } from 'zod';

const text = z.string().max(100_000);
const names = z.array(text).max(1000);
/** `null` if the image's own command is used. */
const argv = names.nullish().transform((words) => words ?? null);
const scalar = z.union([text, z.number(), z.boolean()]).transform(String);

const mountSchema = z.object({
  /** `bind`, `volume`, `tmpfs` …; a volume without source is anonymous. A bind's source is absolute. */
  type: text,
  source: text.default(''),
  target: text.transform((path) => path.replace(/(?<=.)\/+$/, '')),
  read_only: z.boolean().default(false),
});

/** `path` or `path:options`, a string or a list of them. */
const tmpfsSchema = z
  .union([text.transform((one) => [one]), names])
  .nullish()
  .transform((all) => (all ?? []).map((one) => ({ type: 'tmpfs', source: '', target: one.split(':')[0] ?? '', read_only: false })));

const portSchema = z.object({
  target: z.number(),
  /** A port or a range. Empty if the engine chooses the port. */
  published: scalar.default(''),
  host_ip: text.default(''),
  protocol: text.default('tcp'),
});

const buildSchema = z.object({
  /** Absolute. */
  context: text,
  dockerfile: text.default('Dockerfile'),
  dockerfile_inline: text.optional(),
  target: text.optional(),
});

const healthcheckSchema = z.object({
  test: names.nullish().transform((words) => words ?? []),
  disable: z.boolean().default(false),
  interval: text.optional(),
  timeout: text.optional(),
  start_period: text.optional(),
  retries: z.number().optional(),
});

const serviceSchema = z.object({
  image: text.optional(),
  build: buildSchema.optional(),
  command: argv,
  entrypoint: argv,
  container_name: text.optional(),
  depends_on: z.record(text, z.object({ condition: text, required: z.boolean().default(true) })).default({}),
  environment: z.record(text, scalar.nullable()).default({}),
  healthcheck: healthcheckSchema.optional(),
  /** `name=address`. */
  extra_hosts: names.default([]),
  networks: z
    .record(text, z.unknown())
    .nullish()
    .transform((networks) => Object.keys(networks ?? {})),
  network_mode: text.optional(),
  ports: z.array(portSchema).max(1000).default([]),
  profiles: names.default([]),
  restart: text.optional(),
  scale: z.number().optional(),
  deploy: z.object({ replicas: z.number().optional() }).optional(),
  secrets: z.array(z.object({ source: text, target: text.default('') })).default([]),
  tmpfs: tmpfsSchema,
  user: text.optional(),
  volumes: z.array(mountSchema).max(1000).default([]),
  working_dir: text.optional(),
});

const namedSchema = z.object({ name: text.default(''), external: z.boolean().default(false), file: text.optional() });
const named = z.record(text, namedSchema).default({});

/** A network. Compose leaves one that no service joins out of its model. */
export const networkSchema = namedSchema.extend({
  driver: text.default(''),
  internal: z.boolean().default(false),
  ipam: z
    .object({
      config: z
        .array(z.object({ subnet: text.optional(), gateway: text.optional() }))
        .max(100)
        .nullish(),
    })
    .nullish()
    .transform((ipam) => ipam?.config ?? []),
});

/** The judged parts of what `docker compose --profile '*' config --format json` prints. */
export const composeModelSchema = z.object({
  name: text,
  services: z.record(text, serviceSchema),
  volumes: named,
  networks: z.record(text, networkSchema).default({}),
  secrets: named,
});

export type ComposeModel = z.infer<typeof composeModelSchema>;
export type ComposeService = z.infer<typeof serviceSchema>;
export type ComposeNetwork = z.infer<typeof networkSchema>;
export type ComposeMount = z.infer<typeof mountSchema>;

/** Why a Compose file cannot be used: the first cause, and its place. */
export interface ComposeFault {
  readonly code: string;
  readonly file: string;
  readonly line: number | null;
  /** French: what is wrong. */
  readonly what: string;
  /** French: where to look. */
  readonly look: string;
}

/** A fault. If it names no file, it is in the base file. */
export type PlacedFault = Omit<ComposeFault, 'file'> & { readonly file?: string };

/** Whether a plain `up` starts the service. */
export function startsByDefault(service: ComposeService): boolean {
  return service.profiles.length === 0 && (service.scale ?? service.deploy?.replicas ?? 1) > 0;
}
