import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { contextFile } from '../../../server/images/build/build-context.ts';
import { courseImage } from '../../../server/images/course/catalogue.ts';
import { compatibleImage } from '../../../server/images/course/compatible-images.ts';
import { officialImageWithCertificates } from '../../../server/images/course/official-images.ts';
import { runInImage } from './run-in-image.ts';
import { docker, imageContext, longEnough, quiet } from './scratch-instance.ts';

const CERTIFICATE = `-----BEGIN CERTIFICATE-----\n${randomBytes(96).toString('base64')}\n-----END CERTIFICATE-----\n`;
const folder = `test-${randomBytes(4).toString('hex')}`;
/** Stands for an official image that is already on the engine, since tests cannot rely on pulling one. */
const official = `escale/${folder}:1`;
let reference = '';

beforeAll(async () => {
  const context = await imageContext();
  const debian = await compatibleImage(context, courseImage('debian:bookworm-slim'), quiet, longEnough());
  // Like pgAdmin's image, it runs as a user who cannot write to the bundle.
  const files = [contextFile('Dockerfile', `FROM ${debian.reference}\nUSER 5050\n`)];
  await context.images.build({ tag: official, role: 'test', title: official, files, buildArgs: {} }, longEnough());
  const image = { names: [official] as const, folder, base: null };
  reference = (await officialImageWithCertificates(context, image, CERTIFICATE, quiet, longEnough())).reference;
});
afterAll(async () => {
  for (const name of [reference, official]) if (name) await docker.getImage(name).remove({ noprune: true });
});

it('adds this machine’s certificate authorities to an official image, and sets their path for Python’s tools', async () => {
  const bundle = await runInImage(reference, 'cat /etc/ssl/certs/ca-certificates.crt');
  expect(bundle).toContain(CERTIFICATE.trim());
  const { Config } = await docker.getImage(reference).inspect();
  expect(Config.Env).toEqual(expect.arrayContaining(['PIP_CERT=/etc/ssl/certs/ca-certificates.crt']));
  expect([Config.Cmd, Config.User]).toEqual([['bash'], '5050']);
  expect(reference).toMatch(/^escale\/official-test-/);
});

it('keeps them when Debian regenerates its bundle', async () => {
  const script = `apt-get update -q >/dev/null; apt-get install -qy --no-install-recommends ca-certificates >/dev/null 2>&1; cat /etc/ssl/certs/ca-certificates.crt`;
  const bundle = await runInImage(reference, script, { user: 'root' });
  expect(bundle).toContain(CERTIFICATE.trim());
  expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(50);
});
