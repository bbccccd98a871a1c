import { z } from 'zod';
import { AGENT_PORT } from '../contract/agent.ts';

const absolutePath = z.string().regex(/^\/[^\0]*[^/\0]$/, 'an absolute path without a final slash');

const environmentSchema = z.object({
  ESCALE_AGENT_TOKEN: z.string().min(20).max(200),
  /** 0 picks a free port; the ready line names it. */
  ESCALE_AGENT_PORT: z.coerce.number().int().min(0).max(65535).default(AGENT_PORT),
  ESCALE_AGENT_HOST: z.string().default('0.0.0.0'),
  ESCALE_USER: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/)
    .default('dataeng'),
  ESCALE_UID: z.coerce.number().int().nonnegative().default(1000),
  ESCALE_GID: z.coerce.number().int().nonnegative().default(1000),
  ESCALE_HOME: absolutePath.default('/home/dataeng'),
  ESCALE_PROJECT: absolutePath.default('/home/dataeng/docker-etl-project'),
  ESCALE_DOCKER_SOCKET: absolutePath.default('/var/run/docker.sock'),
  /** Where what the shells have written is kept while the lab is stopped. */
  ESCALE_KEPT_TERMINALS: absolutePath.default('/var/lib/escale/terminals.json'),
  /** The service command, words separated by spaces; `start`, `stop` or `restart` is appended as its last argument. */
  ESCALE_ENGINE_COMMAND: z.string().min(1).default('service docker'),
});

/**
 * Variables of the lab that are passed unchanged to shells and commands: proxies and certificates for outside access, and the time zone.
 */
const PASSED_ON =
  /^(https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|node_extra_ca_certs|requests_ca_bundle|curl_ca_bundle|pip_cert|tz)$/i;

/** The agent's configuration. Only this module reads the environment. */
export interface AgentConfig {
  readonly token: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly project: string;
  readonly dockerSocket: string;
  readonly keptTerminals: string;
  readonly engineCommand: readonly string[];
  readonly passedOn: Readonly<Record<string, string>>;
}

/** Throws an error whose message names each wrong key and what is expected. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AgentConfig {
  const known = Object.keys(environmentSchema.shape);
  const unknown = Object.keys(environment).filter((key) => key.startsWith('ESCALE_') && !known.includes(key));
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  problems.push(...unknown.map((key) => `${key}: not a key of the agent; it knows ${known.join(', ')}`));
  if (!parsed.success || problems.length > 0) throw new Error(`The agent cannot start, its environment is wrong.\n${problems.join('\n')}`);
  const env = parsed.data;
  if (!env.ESCALE_PROJECT.startsWith(`${env.ESCALE_HOME}/`)) throw new Error('ESCALE_PROJECT: must be a folder under ESCALE_HOME');
  const passedOn: Record<string, string> = {};
  for (const [key, value] of Object.entries(environment)) if (PASSED_ON.test(key) && value !== undefined) passedOn[key] = value;
  return {
    token: env.ESCALE_AGENT_TOKEN,
    host: env.ESCALE_AGENT_HOST,
    port: env.ESCALE_AGENT_PORT,
    user: env.ESCALE_USER,
    uid: env.ESCALE_UID,
    gid: env.ESCALE_GID,
    home: env.ESCALE_HOME,
    project: env.ESCALE_PROJECT,
    dockerSocket: env.ESCALE_DOCKER_SOCKET,
    keptTerminals: env.ESCALE_KEPT_TERMINALS,
    engineCommand: env.ESCALE_ENGINE_COMMAND.split(' ').filter((word) => word !== ''),
    passedOn,
  };
}
