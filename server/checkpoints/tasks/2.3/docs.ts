import { criterion } from '../../criterion.ts';
import { findInApi, placeInApi } from '../../readers/api/api-code.ts';
import { readDocs } from '../../readers/api/read-docs.ts';
import { theApi } from '../../readers/api/the-api.ts';
import { evidence } from '../../readers/findings.ts';

export const docs = criterion('2.3/docs', {
  needs: ['2.3/reachable'],
  expected: 'sur `/docs`, la page Swagger que FastAPI écrit, et sur `/openapi.json` la description de vos adresses',
  async read(view) {
    const [reading, api] = await Promise.all([readDocs(view), theApi(view)]);
    return {
      ...reading,
      off: await findInApi(view, api, /docs_url\s*=|openapi_url\s*=\s*None/),
      proxied: (await findInApi(view, api, /root_path\s*=|openapi_url\s*=/)) ?? null,
      made: await placeInApi(view, api, /FastAPI\(/),
    };
  },
  where: ({ made }) => made,
  evidence: ({ page, schema }) =>
    [page, schema].flatMap((one) => (one ? [evidence(`curl ${one.url}`, `${one.status} ${one.headers['content-type'] ?? ''}`)] : [])),
})
  .fault('docs.switched-off', ({ isSwagger, page, off }) => !isSwagger && page.status === 404 && off, {
    observed: '`/docs` répond 404 : le code la déplace ou l’éteint (`docs_url`, `openapi_url`)',
    where: (_, off) => off,
    look: 'Retirez ce réglage : FastAPI sert alors la documentation sur `/docs`.',
  })
  .fault('docs.absent', ({ isSwagger }) => !isSwagger, {
    observed: ({ page }) =>
      page.status === 200
        ? '`/docs` répond, mais ce n’est pas la page de Swagger'
        : `\`/docs\` répond ${page.status} : il n’y a pas de documentation`,
    look: 'FastAPI la sert de lui-même : `app = FastAPI(title=…)`, sans autre réglage.',
  })
  .fault('docs.no-description', ({ missing }) => missing === null, {
    observed: ({ schemaUrl, schema }) =>
      `la page \`/docs\` lit sa description sur \`${schemaUrl}\`, ${schema === null ? 'hors de cette API' : schema.status === 200 ? 'qui n’est pas une description OpenAPI' : `qui répond ${schema.status}`} : elle s’ouvre vide`,
    where: ({ proxied, made }) => proxied ?? made,
    look: '`root_path` et `openapi_url` ne servent que derrière un relais : sans eux, la description est sur `/openapi.json`.',
  })
  .fault('docs.paths', ({ missing }) => missing?.length && missing, {
    observed: (_, missing) => `la documentation s’ouvre, sans ${missing.map((path) => `\`${path}\``).join(', ')}`,
    look: 'Chaque fonction décorée par `@app.get(…)` y paraît, sauf avec `include_in_schema=False`.',
  })
  .remark('docs.root-hidden', ({ hidesRoot }) => hidesRoot, 'La documentation ne montre pas `/` : `include_in_schema=False` l’en retire.');
