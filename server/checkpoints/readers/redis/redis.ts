import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import type { Credentials, RedisReply } from '../../network/definitions.ts';
import { askService } from '../network/ask-service.ts';
import type { Target } from '../network/ways.ts';
import { shellWords } from '../shell/shell-words.ts';

const PORT = 6379;
const OPTION = '--requirepass';

/** What a Redis server of the stack replies to a command; asked once a look. Its errors are `NotRead`. */
export function redis(
  view: LabView,
  { service, port = PORT, from = 'inside' }: Partial<Target> & Pick<Target, 'service'>,
  command: readonly string[],
  auth?: Credentials,
): Promise<RedisReply> {
  return view.once(`redis ${JSON.stringify([service, port, from, command, auth])}`, async () => {
    const { answer } = await askService(view, { service, port, from }, ({ at }, container) => {
      const known = auth ?? passwordOf(container);
      return view.network.redis(at, { command, ...(known === undefined ? {} : { auth: known }) }, view.signal);
    });
    return answer;
  });
}

/** From `--requirepass`, else from the variable that images of Redis know. */
function passwordOf({ command, env }: ContainerFacts): Credentials | undefined {
  // Among the words of the command, or of a script that is one of them.
  const lists = [command, ...command.map((word) => shellWords(word))];
  const words = lists.find((list) => list.includes(OPTION)) ?? [];
  const variable = env.find((one) => one.startsWith('REDIS_PASSWORD='))?.slice('REDIS_PASSWORD='.length);
  const password = (words.includes(OPTION) ? words[words.indexOf(OPTION) + 1] : undefined) || variable;
  return password ? { password } : undefined;
}
