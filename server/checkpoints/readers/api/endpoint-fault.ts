import { z } from 'zod';
import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { lastException } from '../logs/failure-lines.ts';
import { apiCause } from './api-cause.ts';
import { findInApi, placeInApi, tracedInApi } from './api-code.ts';
import { changedInApi } from './older-api.ts';
import { type Api, apiContainer, theApi } from './the-api.ts';

/** The texts are French. */
export interface EndpointFault {
  readonly code: string;
  readonly observed: string;
  readonly where: Where;
  readonly look: string;
}

const LOG_BYTES = 32 * 1024;
const SAID = 200;
/** What FastAPI and others answer if they have no such path. */
const NO_ROUTE = /"Not Found"|not found on the server|^Not Found$/i;
const REBUILD = 'Reconstruisez l’image : `docker compose up -d --build`';

/** Why an answer that should be JSON is none. Null if its status is 200 and its body is JSON. `prefix`: the beginning of the codes. */
export async function endpointFault(view: LabView, prefix: string, path: string, answer: HttpAnswer): Promise<EndpointFault | null> {
  const api = await theApi(view);
  const fault = (kind: string, observed: string, where: Where, look: string) => ({ code: `${prefix}.${kind}`, observed, where, look });
  const { status, headers, body, truncated } = answer;
  const route = await routePlace(view, api, path);
  if (status === 404) return notFound(view, api, { path, answer, route }, fault);
  if (status >= 500) return serverError(view, api, { path, answer, route }, fault);
  if (status >= 300 && status < 400) {
    const look = 'La réponse de cette adresse est du JSON, sans redirection.';
    return fault('redirected', `\`${path}\` redirige vers \`${headers.location ?? 'nulle part'}\` (${status})`, route, look);
  }
  if (status !== 200)
    return fault(
      'status',
      `\`${path}\` répond ${status} : ${said(body)}`,
      route,
      `Ouvrez ${answer.url}, et cherchez ce qui refuse la question.`,
    );
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    const observed = `\`${path}\` répond en \`${encoding}\`, alors que la question n’accepte aucune compression : rien de lisible`;
    return fault('compressed', observed, route, 'Ne comprimez que si `Accept-Encoding` le demande : `GZipMiddleware` le fait de lui-même.');
  }
  if (truncated)
    return fault(
      'too-large',
      `la réponse de \`${path}\` dépasse 1 Mo : elle n’est pas lue jusqu’au bout`,
      route,
      'Bornez-la : `LIMIT 100`',
    );
  return isJson(body)
    ? null
    : fault(
        'not-json',
        `la réponse de \`${path}\` n’est pas du JSON : ${said(body)}`,
        route,
        'Rendez un dictionnaire : FastAPI en fait du JSON.',
      );
}

type Say = (kind: string, observed: string, where: Where, look: string) => EndpointFault;

interface Failing {
  readonly path: string;
  readonly answer: HttpAnswer;
  readonly route: Where;
}

async function notFound(view: LabView, api: Api, { path, answer, route }: Failing, fault: Say): Promise<EndpointFault> {
  const [changed] = await changedInApi(view, api, await apiContainer(view));
  if (changed !== undefined) {
    const observed = `\`${path}\` répond 404 : l’image de \`${api.name}\` a été construite avant le dernier changement de \`${changed}\``;
    return fault('image-older', observed, route.line ? route : { file: changed, service: api.name }, REBUILD);
  }
  if (!NO_ROUTE.test(answer.body))
    return fault(
      'not-found',
      `\`${path}\` répond 404 : ${said(answer.body)}`,
      route,
      'Cette adresse a quelque chose à rendre : cherchez ce qui lève ce 404.',
    );
  const observed = `\`${path}\` répond 404 : l’API n’a pas cette adresse${route.line ? '' : ', et son code non plus'}`;
  return fault('not-found', observed, route, `Ajoutez \`@app.get("${path}")\`, dans la même application que les autres.`);
}

async function serverError(view: LabView, api: Api, { path, answer, route }: Failing, fault: Say): Promise<EndpointFault> {
  const container = await apiContainer(view);
  const log = await view.engine.logs(container.id, { maxBytes: LOG_BYTES });
  const traced = /Traceback/.test(log) ? lastException(log) : '';
  const cause = await apiCause(view, container, `${log}\n${detailOf(answer.body)}`);
  const observed = `\`${path}\` répond ${answer.status}`;
  if (cause.code !== 'api.crashed')
    return fault(
      cause.code === 'api.image-older' ? 'image-older' : 'error',
      `${observed} : ${cause.what}`,
      { ...route, ...cause.where },
      cause.look,
    );
  const own = ownHost(api);
  if (own !== null) {
    const told = `${observed}, et \`${own}\` nomme \`localhost\` : dans un conteneur, c’est le conteneur lui-même, où il n’y a pas de base`;
    return fault('error', told, api.place('environment', own), 'Donnez le nom du service de la base à la place de `localhost`.');
  }
  const why = traced || said(answer.body);
  const where = (traced && (await tracedInApi(view, api, log))) || route;
  return fault('error', `${observed}${why ? ` : ${why}` : ''}`, where, `\`docker compose logs ${api.name}\` montre l’erreur entière.`);
}

/** The text that FastAPI's own errors have. */
function detailOf(body: string): string {
  return jsonOf({ body, truncated: false }, z.object({ detail: z.string() }))?.detail ?? '';
}

/** The variable of the API that has its database in the API's own container. */
function ownHost({ service }: Api): string | null {
  const found = Object.entries(service.environment).find(
    ([, value]) => value !== null && /^postgres\w*(\+\w+)?:\/\/([^@/]*@)?(localhost|127\.0\.0\.1)\b/.test(value),
  );
  return found?.[0] ?? null;
}

/** Where the code answers a path: the last part of it that is written as a route. */
async function routePlace(view: LabView, api: Api, path: string): Promise<Where> {
  const [first = ''] = path.split('/').filter(Boolean);
  const route = path === '/' ? /\.(get|route|api_route)\(\s*["']\/["']/ : new RegExp(`["']/?${first}\\b`);
  return (await findInApi(view, api, route)) ?? placeInApi(view, api, /FastAPI\(/);
}

/** The beginning of a body, on one line. */
export function said(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  return line.length > SAID ? `${line.slice(0, SAID)}…` : line;
}

function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
