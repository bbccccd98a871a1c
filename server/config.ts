import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isolationSchema } from '../contract/lab.ts';
import { EscaleError } from './errors/escale-error.ts';
import { nearest } from './errors/nearest.ts';

/** `config.json` in the state folder. Every key is optional; unknown keys are refused. */
export const configSchema = z.strictObject({
  /** The site's port, on loopback. */
  port: z.number().int().min(1).max(65_535).default(4321),
  /**
   * How labs are isolated from the host. `capabilities` is for a single learner, trusted with this machine, on a kernel that forbids user
   * namespaces: the lab's root can become the machine's root. Never chosen automatically.
   */
  isolation: z.enum(isolationSchema.options, { error: 'elle est « userns » ou « capabilities »' }).default('userns'),
  /** Whether labs stop when the server stops; their data are kept in any case. */
  stopLabsOnExit: z.boolean().default(true),
  /** Private addresses or CIDRs that labs may reach, such as a proxy or a mirror. */
  allow: z.array(z.union([z.ipv4(), z.cidrv4()])).default([]),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], { error: 'elle est « debug », « info », « warn », « error » ou « silent »' })
    .default('info'),
  /** What one lab may use. Absent: worked out from the engine's host. */
  lab: z
    .strictObject({
      memoryMiB: z.number().int().min(1024).optional(),
      cpus: z.number().min(0.5).optional(),
      pids: z.number().int().min(256).default(4096),
      openFiles: z.number().int().min(1024).default(65_536),
      diskGiB: z.number().min(1).default(20),
      /** Minutes without an open page, a container or any other running program after which a lab sleeps; 0: never. */
      sleepMinutes: z.number().min(0).max(1440).default(10),
    })
    .prefault({}),
  labs: z
    .strictObject({
      /** Labs made ahead, which `lab start` without a name takes over. Each costs what an idle lab costs. */
      warm: z.number().int().min(0).max(50).default(0),
    })
    .prefault({}),
});

export type Config = z.infer<typeof configSchema>;

export const CONFIG_FILE = 'config.json';

/** Loads the configuration of a state folder; the defaults if there is no file. */
export function loadConfig(stateDir: string): Config {
  const file = join(stateDir, CONFIG_FILE);
  const parsed = configSchema.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const known = knownKeys(issue.path);
    const likely = nearest(key, known);
    throw new EscaleError('usage', 'config.unknown-key', {
      message: `La clé « ${place === '' ? key : `${place}.${key}`} » de ${file} n’existe pas.`,
      hint: `${likely === null ? 'Retirez-la.' : `Écrivez « ${likely} », ou retirez-la.`} Clés possibles ici : ${known.join(', ')}.`,
    });
  }
  throw new EscaleError('usage', 'config.invalid', {
    message: `La valeur de « ${place} » dans ${file} ne convient pas : ${issue?.message ?? 'valeur inattendue'}.`,
    hint: 'Corrigez cette valeur, ou retirez la clé pour prendre la valeur par défaut.',
  });
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new EscaleError(
      'usage',
      'config.unreadable',
      {
        message: `Le fichier ${file} ne peut pas être lu.`,
        hint: 'Vérifiez ses droits, ou retirez-le pour prendre les valeurs par défaut.',
      },
      { cause: error },
    );
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EscaleError(
      'usage',
      'config.not-json',
      {
        message: `Le fichier ${file} n’est pas du JSON : ${error instanceof Error ? error.message : ''}.`,
        hint: 'Corrigez-le, ou retirez-le pour prendre les valeurs par défaut.',
      },
      { cause: error },
    );
  }
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  const shape = path[0] === 'lab' ? configSchema.shape.lab.unwrap().shape : configSchema.shape;
  return Object.keys(shape);
}
