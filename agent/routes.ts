import type { IncomingMessage, ServerResponse } from 'node:http';
import { engineActionSchema } from '../contract/agent.ts';
import { fileMoveSchema, filePathSchema, fileRestoreSchema, fileWriteSchema } from '../contract/files.ts';
import { terminalIdSchema } from '../contract/terminal.ts';
import { labActivity } from './activity.ts';
import type { AgentConfig } from './config.ts';
import type { Engine } from './docker/engine.ts';
import { proxyDocker } from './docker/proxy.ts';
import { errors } from './errors.ts';
import { makeFolder, moveEntry } from './files/arrange.ts';
import { readContent } from './files/content.ts';
import { saveContent } from './files/save.ts';
import { restoreEntry, trashEntry } from './files/trash.ts';
import { readTree } from './files/tree.ts';
import { parseAs, readJson } from './http/read-json.ts';
import { replyEmpty, replyJson } from './http/reply.ts';
import type { Terminals } from './terminals/terminals.ts';
import { getTree } from './tree/get-tree.ts';
import { putTree } from './tree/put-tree.ts';

const SMALL_BODY_BYTES = 16 * 1024;
/** The largest file, with every character escaped in JSON. */
const FILE_BODY_BYTES = 7 * 1024 * 1024;
/** An upload that stalls for this long is aborted, so that the next one can start. */
const STALLED_MS = 60_000;

/** What lives as long as the agent. */
export interface AgentParts {
  readonly terminals: Terminals;
  readonly engine: Engine;
}

/** Handles a request whose token was right. */
export async function route(
  config: AgentConfig,
  { terminals, engine }: AgentParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = addressOf(request);
  if (url.pathname === '/docker' || url.pathname.startsWith('/docker/')) return proxyDocker(config, request, response);
  const what = `${request.method} ${url.pathname}`;
  switch (what) {
    case 'GET /health':
      return replyJson(response, await engine.health());
    case 'GET /activity':
      return replyJson(response, labActivity(terminals.shells));
    case 'POST /engine': {
      const { action } = await readJson(request, engineActionSchema, SMALL_BODY_BYTES);
      return replyJson(response, await engine.act(action));
    }
    case 'GET /files/tree':
      return replyJson(response, await readTree(config));
    case 'GET /files/content':
      return replyJson(response, await readContent(config, url.searchParams.get('path') ?? ''));
    case 'PUT /files/content':
      return replyJson(response, await saveContent(config, await readJson(request, fileWriteSchema, FILE_BODY_BYTES)));
    case 'POST /files/folder':
      await makeFolder(config, (await readJson(request, filePathSchema, SMALL_BODY_BYTES)).path);
      return replyEmpty(response);
    case 'POST /files/move':
      await moveEntry(config, await readJson(request, fileMoveSchema, SMALL_BODY_BYTES));
      return replyEmpty(response);
    case 'POST /files/trash': {
      const { path } = await readJson(request, filePathSchema, SMALL_BODY_BYTES);
      return replyJson(response, { trash: await trashEntry(config, path) });
    }
    case 'POST /files/restore':
      await restoreEntry(config, await readJson(request, fileRestoreSchema, SMALL_BODY_BYTES));
      return replyEmpty(response);
    case 'PUT /tree':
      request.setTimeout(STALLED_MS, () => request.destroy());
      await putTree(config, request, url.searchParams.get('to'));
      return replyEmpty(response);
    case 'GET /tree':
      return getTree(config, response, url.searchParams.get('from'));
  }
  const terminal = /^DELETE \/terminals\/([^/]+)$/.exec(what)?.[1];
  if (terminal === undefined) throw errors.unknownRoute(what.slice(0, 200));
  terminals.close(parseAs(terminalIdSchema, terminal));
  return replyEmpty(response);
}

export function addressOf(request: IncomingMessage): URL {
  const url = URL.parse(request.url ?? '/', 'http://agent');
  if (url === null) throw errors.unknownRoute('cette adresse');
  return url;
}
