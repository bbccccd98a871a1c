import { z } from 'zod';
import type { LabView } from '../../definitions.ts';
import { type HttpAnswer, jsonOf } from '../http/http.ts';
import { askApi } from './ask-api.ts';

const schemaSchema = z.object({ openapi: z.string().max(20), paths: z.record(z.string().max(500), z.unknown()) });
/** The brief's endpoints, as patterns of paths: the name of a parameter is free. */
const ENDPOINTS: readonly (readonly [string, RegExp])[] = [
  ['/health', /^\/health$/],
  ['/users', /^\/users$/],
  ['/users/{user_id}', /^\/users\/\{[^/}]+\}$/],
  ['/stats', /^\/stats$/],
];

export interface DocsReading {
  readonly page: HttpAnswer;
  /** Whether the page is Swagger's. */
  readonly isSwagger: boolean;
  /** Where the page looks for the description, as written in it. */
  readonly schemaUrl: string;
  readonly schema: HttpAnswer | null;
  /** Null if the description is not one of OpenAPI. */
  readonly missing: readonly string[] | null;
  readonly hidesRoot: boolean;
}

/** The page `/docs` and the description of the API that it shows. */
export async function readDocs(view: LabView): Promise<DocsReading> {
  const page = await askApi(view, '/docs');
  const isSwagger = page.status === 200 && /swagger-?ui/i.test(page.body);
  const schemaUrl = (isSwagger && /\burl:\s*["']([^"']+)["']/.exec(page.body)?.[1]) || '/openapi.json';
  const inside = schemaUrl.startsWith('/') ? schemaUrl : null;
  const schema = isSwagger && inside !== null ? await askApi(view, inside) : null;
  const described = schema?.status === 200 ? jsonOf(schema, schemaSchema) : null;
  const paths = Object.keys(described?.paths ?? {}).map((path) => path.replace(/(?<=.)\/$/, ''));
  return {
    page,
    isSwagger,
    schemaUrl,
    schema,
    missing: described && ENDPOINTS.filter(([, pattern]) => !paths.some((path) => pattern.test(path))).map(([name]) => name),
    hidesRoot: described !== null && !paths.includes('/'),
  };
}
