import { z } from 'zod';

/** Maximum number of services on the map. Those beyond it are counted in `left`. */
export const MAX_MAP_SERVICES = 40;
/** Maximum size of a service's logs on the map, in characters. */
export const MAP_LOG_CHARS = 16_000;

const name = z.string().max(200);
const names = z.array(name).max(60);
const port = z.number().int().min(0).max(65_535);
const said = z.string().max(1000);

/** The state of a service's container, as the criteria tell states apart. `absent`: there is no container. */
export const mapStateSchema = z.enum([
  'absent',
  'good',
  'done',
  'failed',
  'starting',
  'restarting',
  'unhealthy',
  'stopped',
  'not-started',
  'port-taken',
  'cannot-start',
]);

/** The newest container of a service. */
const mapContainerSchema = z.object({
  name,
  /** It accepts connections: its process runs and is not paused. */
  running: z.boolean(),
  exitCode: z.number().int(),
  /** The engine's reason if it could not start the container; otherwise empty. */
  error: said,
  /** Null: the service has no health check. `lastOutput`: of the last check. */
  health: z.object({ status: z.enum(['starting', 'healthy', 'unhealthy']), lastOutput: said }).nullable(),
  /** The networks that it has really joined, as the engine names them. */
  networks: names,
  /** What listens in it. Null: not known. `loopback`: only for the container itself. */
  listening: z
    .array(z.object({ port, loopback: z.boolean() }))
    .max(50)
    .nullable(),
  /** Ports of the lab that lead to it now. */
  published: z.array(port).max(50),
  /** Whether it was created from other settings than the file has now. */
  outdated: z.boolean(),
  /** Percent of one processor. Null: not measured yet. */
  cpuPercent: z.number().nonnegative().nullable(),
  memoryBytes: z.number().nonnegative().nullable(),
});

export const mapServiceSchema = z.object({
  name,
  /** The image, or empty if the service is built from a Dockerfile. */
  image: z.string().max(300),
  /** False: a plain `up` leaves it out (a profile, or no replica). */
  byDefault: z.boolean(),
  /** The names under which other services reach it on a common network. */
  names,
  /** Its networks by their names in the file; empty with a `mode`. */
  networks: names,
  /** `network_mode`: `host`, `none`, `service:…`; empty for ordinary networks. */
  mode: name,
  ports: z
    .array(
      z.object({
        inside: port,
        /** A port or a range; empty: the engine chooses. */
        published: z.string().max(20),
        address: z.string().max(60),
      }),
    )
    .max(50),
  /** Named volumes, by their names in the file. */
  volumes: names,
  waitsFor: z.array(z.object({ service: name, condition: z.enum(['started', 'healthy', 'completed']), satisfied: z.boolean() })).max(60),
  /** Hosts that its variables name, with the port if one is written. */
  asks: z.array(z.object({ variable: name, host: name, port: port.nullable() })).max(50),
  /** Names that `extra_hosts` leads elsewhere. */
  elsewhere: names,
  state: mapStateSchema,
  container: mapContainerSchema.nullable(),
});

export const mapNetworkSchema = z.object({
  name,
  /** The engine's name for it. */
  engineName: name,
  internal: z.boolean(),
  /** As written in the file; empty: the engine chooses. */
  subnets: z.array(z.string().max(60)).max(10),
  /** The network on the engine. Null: it does not exist yet. */
  actual: z.object({ internal: z.boolean(), subnets: z.array(z.string().max(60)).max(10) }).nullable(),
});

export const mapVolumeSchema = z.object({
  name,
  engineName: name,
  /** Whether it exists on the engine. */
  exists: z.boolean(),
  /** `docker compose down -v` removes it with all that it holds. */
  lostByDown: z.boolean(),
});

/** The learner's stack as declared in the Compose file, as it runs, and as services are seen talking. All texts are masked. */
export const stackMapSchema = z.discriminatedUnion('state', [
  /** No lab to look at, or its engine does not answer. */
  z.object({ state: z.literal('away') }),
  /** There is no Compose file. `lookalike`: a file whose name is nearly right. */
  z.object({ state: z.literal('absent'), lookalike: name.nullable() }),
  /** Compose cannot read the file; French texts. */
  z.object({ state: z.literal('faulty'), file: z.string().max(500), line: z.number().int().positive().nullable(), what: said, look: said }),
  z.object({
    state: z.literal('drawn'),
    file: z.string().max(500),
    services: z.array(mapServiceSchema).max(MAX_MAP_SERVICES),
    /** Number of services of the file that are left out. */
    left: z.number().int().nonnegative(),
    networks: z.array(mapNetworkSchema).max(60),
    volumes: z.array(mapVolumeSchema).max(60),
    /** Connections seen between services. `open`: those that are open now; 0: the last was closed within a minute. */
    talks: z.array(z.object({ from: name, to: name, port, open: z.number().int().nonnegative() })).max(200),
    /** Containers of the project whose service is no longer in the file. */
    orphans: names,
  }),
]);

export const mapLogsQuerySchema = z.object({ service: name.min(1) });

/** The last lines of a service's container. */
export const mapLogsSchema = z.object({ service: name, container: name, text: z.string().max(MAP_LOG_CHARS) });

export type StackMap = z.infer<typeof stackMapSchema>;
export type DrawnMap = Extract<StackMap, { state: 'drawn' }>;
export type MapService = z.infer<typeof mapServiceSchema>;
export type MapNetwork = z.infer<typeof mapNetworkSchema>;
export type MapState = z.infer<typeof mapStateSchema>;
export type MapLogs = z.infer<typeof mapLogsSchema>;
