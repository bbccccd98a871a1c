import type { LabAgent } from '../agents/definitions.ts';

export interface SmokeTest {
  readonly name: string;
  readonly ok: boolean;
  /** The last thing that was said. */
  readonly said: string;
}

/** What shows that an image is the program its name promises, by the beginning of the name. */
const COMMANDS: readonly (readonly [RegExp, string])[] = [
  [/^python:/, 'python --version && pip --version && python -c "import ssl, sqlite3, venv"'],
  [/^debian:/, '. /etc/os-release && apt-get --version >/dev/null && echo "$PRETTY_NAME"'],
  [/./, 'echo « le conteneur démarre »'],
];
const PULL_AND_RUN_MS = 180_000;

/** Pulls the image in a lab, as a learner would, and runs it. */
export async function smokeTest(agent: LabAgent, name: string, signal: AbortSignal): Promise<SmokeTest> {
  const command = COMMANDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'true';
  const argv = ['docker', 'run', '--rm', '--pull', 'always', '--quiet', '--entrypoint', 'sh', name, '-c', command];
  const { code, stdout, stderr } = await agent.exec({ argv, user: 'dataeng', cwd: '.', env: {}, timeoutMs: PULL_AND_RUN_MS }, { signal });
  const said = (code === 0 ? stdout : stderr || stdout).trim().split('\n').at(-1) ?? '';
  return { name, ok: code === 0, said };
}
