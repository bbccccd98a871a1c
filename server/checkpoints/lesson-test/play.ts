import type { Verdict } from '../../../contract/verdict.ts';
import type { LabAgent } from '../../labs/agents/definitions.ts';
import { packProject } from '../../projects/pack-project.ts';
import type { CheckerOptions } from '../checker.ts';
import type { Checker } from '../definitions.ts';
import type { Facts } from '../facts/facts.ts';
import type { Play } from './list-plays.ts';

/** Where plays are played: a lab that nobody else uses, since its project and its engine are emptied again and again. */
export interface Scene {
  readonly agent: LabAgent;
  /** A new one for each play: what a trial gave for one project says nothing of the next. */
  readonly checker: (onFacts: CheckerOptions['onFacts']) => Checker;
}

export interface Played {
  readonly verdicts: readonly Verdict[];
  /** Exit status of the last command that was typed. A case may fail here: its verdicts tell. */
  readonly exit: number;
  /** What the last look read, and the secrets in it. */
  readonly facts: Facts;
  readonly secrets: readonly string[];
}

const COMMANDS_MS = 300_000;
/** An engine takes its time to say how a stack that has just been started ended. */
const SETTLE_MS = 90_000;

/** Everything that an earlier play left, but for what was pulled: an image without a digest of a registry was built here. */
export const EMPTY_ENGINE = `
docker ps -aq | xargs -r docker rm -fv
docker volume ls -q | xargs -r docker volume rm -f
docker network prune -f
docker images --digests --format '{{.Digest}} {{.ID}}' | sed -n 's/^<none> //p' | sort -u | xargs -r docker image rm -f
`;

/** Puts the project into an emptied lab, types what a learner would, and judges. `isEmpty`: nothing was done on the engine since it was emptied. */
export async function play(one: Play, { agent, checker }: Scene, isEmpty: boolean, signal: AbortSignal): Promise<Played> {
  const type = (script: string) =>
    agent.exec({ argv: ['bash', '-c', script], user: 'dataeng', cwd: '.', env: {}, timeoutMs: COMMANDS_MS }, { signal });
  if (!isEmpty) await type(EMPTY_ENGINE);
  await agent.putTree(packProject(one.project));
  const { code } = await type(one.commands.join('\n'));
  let read: Pick<Played, 'facts' | 'secrets'> = { facts: {}, secrets: [] };
  const verdicts = await checker((facts, secrets) => {
    read = { facts, secrets };
  }).check(one.tasks, { trials: one.trials, waitMs: SETTLE_MS, signal });
  return { verdicts, exit: code, ...read };
}
