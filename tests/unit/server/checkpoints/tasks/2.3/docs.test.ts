import { describe, expect, it } from 'vitest';
import { docs } from '../../../../../../server/checkpoints/tasks/2.3/docs.ts';
import { apiView, json, MAIN } from '../../fakes/api-subject.ts';

type Given = NonNullable<Parameters<typeof apiView>[0]>;

const PATHS = { '/': {}, '/health': {}, '/users': {}, '/users/{user_id}': {}, '/stats': {} };
const page = (url: string) => ({ body: `<script src="swagger-ui-bundle.js"></script><script>SwaggerUIBundle({ url: '${url}' })</script>` });
const described = (paths: object) => json({ openapi: '3.1.0', paths });
const { '/': _root, ...BUT_ROOT } = PATHS;

describe('2.3/docs', () => {
  it.each<[string, Given, string]>([
    ['Swagger', { answers: { '/docs': page('/openapi.json'), '/openapi.json': described(PATHS) } }, 'met'],
    [
      'parameters and slashes of its own',
      {
        answers: {
          '/docs': page('/openapi.json'),
          '/openapi.json': described({ '/health': {}, '/users/': {}, '/users/{id}': {}, '/stats': {}, '/': {} }),
        },
      },
      'met',
    ],
    ['the description elsewhere', { answers: { '/docs': page('/v1/openapi.json'), '/v1/openapi.json': described(PATHS) } }, 'met'],
    ['without the root', { answers: { '/docs': page('/openapi.json'), '/openapi.json': described(BUT_ROOT) } }, 'met docs.root-hidden'],
    ['without an endpoint', { answers: { '/docs': page('/openapi.json'), '/openapi.json': described({ '/users': {} }) } }, 'docs.paths'],
    ['a description that is not there', { answers: { '/docs': page('/api/openapi.json') } }, 'docs.no-description'],
    [
      'a description that is none',
      { answers: { '/docs': page('/openapi.json'), '/openapi.json': { body: '<html>' } } },
      'docs.no-description',
    ],
    ['a description of another server', { answers: { '/docs': page('https://example.test/openapi.json') } }, 'docs.no-description'],
    ['switched off', { files: { 'api/main.py': MAIN.replace(')', ', docs_url=None)') } }, 'docs.switched-off'],
    ['nothing', {}, 'docs.absent'],
    ['another page', { answers: { '/docs': { body: '<h1>Doc</h1>' } } }, 'docs.absent'],
  ])('judges a documentation: %s', async (_, given, expected) => {
    const finding = await docs.judge(apiView(given));
    const code = finding.verdict === 'met' ? 'met' : finding.diagnosis.code;
    expect([code, ...(finding.remarks ?? []).map((one) => one.code)].join(' ')).toBe(expected);
  });
});
