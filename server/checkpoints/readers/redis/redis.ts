import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { passwordInUrl } from '../../mask.ts';
import type { Credentials, Outcome, RedisReply } from '../../network/definitions.ts';
import { composeServices } from '../compose/compose-services.ts';
import { askContainer } from '../network/ask-container.ts';
import { askService } from '../network/ask-service.ts';
import type { Target } from '../network/ways.ts';
import { shellWords } from '../shell/shell-words.ts';
import { decodedPart } from '../url-part.ts';

export const PORT = 6379;
const OPTION = '--requirepass';
/** Variables that hold the password in common images and files. */
const VARIABLES = /^(REDIS_PASSWORD|REDISCLI_AUTH)=(.+)$/;

/** The reply of a Redis server of the stack to a command. Asked once per look. An error reply throws `NotRead`. */
export function redis(
  view: LabView,
  { service, port = PORT, from = 'inside' }: Partial<Target> & Pick<Target, 'service'>,
  command: readonly string[],
  auth?: Credentials,
): Promise<RedisReply> {
  return view.once(`redis ${JSON.stringify([service, port, from, command, auth])}`, async () => {
    const { answer } = await askService(view, { service, port, from }, async ({ at }, container) =>
      view.network.redis(at, { command, ...withPassword(auth ?? (await passwordFor(view, container))) }, view.signal),
    );
    return answer;
  });
}

/** The same question to any container. A failure if it has no address. */
export async function askRedisIn(view: LabView, container: ContainerFacts, command: readonly string[]): Promise<Outcome<RedisReply>> {
  const password = await passwordFor(view, container);
  return askContainer(container, PORT, (at) => view.network.redis(at, { command, ...withPassword(password) }, view.signal));
}

/** The password from `--requirepass`, otherwise from a variable that Redis images use. */
export function passwordOf({ command, env }: Pick<ContainerFacts, 'command' | 'env'>): Credentials | undefined {
  // The option may be a word of the command, or in a script that is one of its words.
  const lists = [command, ...command.map((word) => shellWords(word))];
  const words = lists.find((list) => list.includes(OPTION)) ?? [];
  const given = words.includes(OPTION) ? words[words.indexOf(OPTION) + 1] : undefined;
  const named = /^\$\{?(\w+)\}?$/.exec(given ?? '')?.[1];
  const variable = env.find((one) => (named === undefined ? VARIABLES.test(one) : one.startsWith(`${named}=`)));
  const password = (named === undefined ? given : undefined) || variable?.slice(variable.indexOf('=') + 1);
  return password ? { password } : undefined;
}

/** The password of a container, otherwise the one that the ETL or the API is given: a server may read its own from a file. */
async function passwordFor(view: LabView, container: ContainerFacts): Promise<Credentials | undefined> {
  const own = passwordOf(container);
  if (own !== undefined) return own;
  const { etl, api } = (await composeServices(view)).of;
  const given = [etl, api].flatMap((one) => Object.entries(one?.service.environment ?? {}));
  const plain = given.find(([name, value]) => value && VARIABLES.test(`${name}=${value}`))?.[1];
  const inUrl = given.map(([, value]) => (value?.startsWith('redis') ? passwordInUrl(value) : null)).find((one) => one);
  const password = plain ?? (inUrl ? decodedPart(inUrl) : undefined);
  return password ? { password } : undefined;
}

function withPassword(auth: Credentials | undefined): { auth?: Credentials } {
  return auth === undefined ? {} : { auth };
}
