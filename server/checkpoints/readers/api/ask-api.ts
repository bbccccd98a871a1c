import type { LabView } from '../../definitions.ts';
import { type HttpAnswer, http, httpNow } from '../http/http.ts';
import type { Target } from '../network/ways.ts';
import { apiContainer, theApi } from './the-api.ts';

export const API_PORT = 8000;

/** How the API is asked from outside its container: by the port that it publishes. */
export async function apiTarget(view: LabView): Promise<Target> {
  const { name } = await theApi(view);
  const { ports, networks } = await apiContainer(view);
  if (networks.includes('host')) return { service: name, port: API_PORT };
  const published = ports.find(({ host }) => host === API_PORT) ?? ports.find(({ container }) => container === API_PORT) ?? ports[0];
  return { service: name, port: published?.container ?? API_PORT, from: 'published' };
}

/** What the API answers to a `GET`, asked once per look. Throws `NotRead`. */
export async function askApi(view: LabView, path: string): Promise<HttpAnswer> {
  return http(view, await apiTarget(view), { path });
}

/** The same question once more: a cache answers the second time. Throws `NotRead`. */
export async function askApiAgain(view: LabView, path: string): Promise<HttpAnswer> {
  await askApi(view, path);
  return view.once(`again ${path}`, async () => httpNow(view, await apiTarget(view), { path }));
}
