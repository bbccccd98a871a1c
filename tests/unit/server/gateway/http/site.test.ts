import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorBodySchema } from '../../../../../contract/errors.ts';
import { Served } from '../../fakes/served.ts';

let served: Served;
beforeAll(async () => {
  served = await Served.open();
});
afterAll(() => served.close());

describe('the site', () => {
  it('serves pages without caching, under the strict policy', async () => {
    const page = await served.ask('GET', '/');
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-cache');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect((await served.ask('GET', '/', { headers: { 'if-none-match': page.headers.etag ?? '' } })).status).toBe(304);
  });

  it('serves hashed files with unlimited caching', async () => {
    const script = await served.ask('GET', '/_astro/app.abc123.js');
    expect(script.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(script.headers['content-type']).toMatch(/javascript/);
    expect(script.headers['content-encoding']).toBeUndefined();
  });

  it('sends the compressed file to clients that accept it, with the same type and caching', async () => {
    const script = await served.ask('GET', '/_astro/app.abc123.js', { headers: { 'accept-encoding': 'gzip, br' } });
    expect(script.headers).toMatchObject({ 'content-encoding': 'br', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(script.headers['content-type']).toMatch(/javascript/);
    expect(script.headers.vary).toMatch(/accept-encoding/i);
  });

  it('has a page for unknown paths, and JSON for programs', async () => {
    const page = await served.ask('GET', '/fr/9.9/');
    expect(page.status).toBe(404);
    expect(page.body).toContain('Page introuvable');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    const api = await served.ask('GET', '/api/nothing', { headers: served.ownPage });
    expect([api.status, errorBodySchema.parse(JSON.parse(api.body)).error.code]).toEqual([404, 'route.unknown']);
  });

  it.each([
    ['/fr/1.3', '/fr/1.3/'],
    ['/fr/1.3?x=1', '/fr/1.3/?x=1'],
    ['/fr', '/fr/'],
    ['/fr/', '/'],
  ])('redirects an address typed by hand to its page: %s', async (typed, location) => {
    const { status, headers } = await served.ask('GET', typed, { headers: { 'accept-encoding': 'gzip, br' } });
    expect([301, 302]).toContain(status);
    expect(headers.location).toBe(location);
  });

  it.each(['//fr/1.3', '/\\fr/1.3', '//example.org/%2e%2e/fr/1.3'])('never redirects to another host: %s', async (typed) => {
    const { headers } = await served.ask('GET', typed);
    expect(headers.location ?? '/').toMatch(/^\/(?![/\\])/);
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2f..%2fetc/passwd', '/.env'])(
    'serves nothing outside its folder: %s',
    async (path) => {
      expect((await served.ask('GET', path)).status).toBeGreaterThanOrEqual(400);
    },
  );
});
