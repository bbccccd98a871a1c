import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import type { Credentials, MongoReply, MongoRequest, Outcome } from '../../network/definitions.ts';
import { NotRead } from '../../reading.ts';
import { theService } from '../compose/compose-services.ts';
import { containerVariable } from '../container/variable.ts';
import { askContainer } from '../network/ask-container.ts';
import { askService } from '../network/ask-service.ts';

export const PORT = 27017;
const READ_MS = 20_000;

type Question = Pick<MongoRequest, 'database' | 'command'>;
export type Account = Required<Credentials>;

/** The reply of the stack's MongoDB to a command, with the account of its container or with none. Asked once per look. Throws `NotRead`. */
export function mongo(view: LabView, question: Question, as: 'account' | 'nobody' = 'account'): Promise<MongoReply> {
  return view.once(`mongo ${JSON.stringify([question, as])}`, async () => {
    const { name } = await theService(view, 'mongodb');
    const { answer } = await askService(view, { service: name, port: PORT }, async ({ at }, container) =>
      view.network.mongo(at, { ...question, ...(as === 'account' ? withAccount(await accountOf(view, container)) : {}) }, view.signal),
    );
    return answer;
  });
}

/** The same question to any container. A failure if it has no address. */
export async function askMongoIn(view: LabView, container: ContainerFacts, question: Question): Promise<Outcome<MongoReply>> {
  const request = { ...question, ...withAccount(await accountOf(view, container)) };
  return askContainer(container, PORT, (at) => view.network.mongo(at, request, view.signal));
}

/** The document of a reply. Throws `NotRead` for an error of the server. */
export function documentOf(reply: MongoReply, service: string): Readonly<Record<string, unknown>> {
  if ('error' in reply) throw new NotRead('refused', service, reply.error.said);
  return reply.document;
}

/** The account with which a container of MongoDB was created, from its variables or the files that they name. */
export async function accountOf(view: LabView, container: ContainerFacts): Promise<Account | null> {
  const [user, password] = await Promise.all([
    containerVariable(view, container, 'MONGO_INITDB_ROOT_USERNAME', READ_MS),
    containerVariable(view, container, 'MONGO_INITDB_ROOT_PASSWORD', READ_MS),
  ]);
  return user && password ? { user, password } : null;
}

function withAccount(auth: Account | null): { auth?: Account } {
  return auth === null ? {} : { auth };
}
