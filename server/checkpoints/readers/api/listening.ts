import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts, ListeningSocket } from '../../../lab-engine/definitions.ts';
import { parseSockets } from '../../../lab-engine/listening-sockets.ts';
import type { LabView } from '../../definitions.ts';
import { lastOf } from '../dockerfile/final-image.ts';
import { at } from '../dockerfile/quote.ts';
import { findInApi } from './api-code.ts';
import type { Api } from './the-api.ts';

const DEADLINE_MS = 10_000;
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** The sockets that listen in a running container, as its kernel's tables tell. Null if they cannot be read there. */
export async function listeningIn(view: LabView, container: ContainerFacts): Promise<readonly ListeningSocket[] | null> {
  const asked = await view.engine.execIn(container.id, { argv: ['cat', ...TABLES], timeoutMs: DEADLINE_MS });
  // 1: a kernel without IPv6 has only the first table.
  if (asked === null || asked.code > 1) return null;
  const listening = asked.output.split('\n').filter((line) => /^ *\d+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:0000 0A /.test(line));
  return parseSockets(listening.map((line) => `/proc/1/net/tcp: ${line.trim()}`).join('\n'), [1]).get(1) ?? [];
}

/** Where the project says on which address and port the API listens: Compose's command, the code, the Dockerfile. */
export async function listenPlace(view: LabView, api: Api): Promise<Where> {
  const { service, final } = api;
  const written = (['command', 'entrypoint'] as const).find((key) => service[key] !== null);
  if (written) return api.place(written);
  const variable = ['UVICORN_HOST', 'HOST'].find((name) => name in service.environment);
  if (variable) return api.place('environment', variable);
  const cmd = final && (lastOf(final, 'CMD') ?? lastOf(final, 'ENTRYPOINT'));
  const inCode = /uvicorn|gunicorn|hypercorn|fastapi/.test(cmd?.text ?? '') ? null : await findInApi(view, api, /\.run\(/);
  return inCode ?? { ...at(cmd), ...(cmd ? {} : { file: api.dockerfile }), service: api.name };
}
