import type { LabView } from '../../definitions.ts';
import { isPublicValue, isSecretName, secretsOfEnvFile } from '../../mask.ts';
import { composeFiles } from './compose-files.ts';
import { ComposePlaces } from './compose-places.ts';
import { YamlSource } from './yaml-source.ts';

/** A shorter value would mask parts of ordinary words. */
const SHORTEST = 3;

/** What must appear nowhere of what the Compose files hold or name: passwords written in them, files of variables, files of secrets. */
export async function composeSecrets(view: LabView): Promise<string[]> {
  const { used } = await composeFiles(view);
  const texts = await Promise.all(used.map(async (file) => ({ file, text: await view.file(file) })));
  const sources = texts
    .flatMap(({ file, text }) => (text === null ? [] : [new YamlSource(file, text)]))
    .filter((one) => one.problem() === null);
  const places = new ComposePlaces(sources);
  const services = sources.flatMap((source) => source.keys(['services']));
  const variables = await contents(
    view,
    services.flatMap((service) => places.envFiles(service)),
  );
  const secrets = await contents(view, sources.flatMap(secretFiles));
  const written = sources.flatMap((source) => source.keys(['services']).flatMap((service) => writtenIn(source, service)));
  return [
    ...variables.flatMap(secretsOfEnvFile),
    ...secrets.flatMap((text) => [text.trim(), ...text.trim().split(/\s*\n\s*/)]),
    ...written,
  ].filter((secret) => secret.length >= SHORTEST && !isPublicValue(secret));
}

function secretFiles(source: YamlSource): string[] {
  return source.keys(['secrets']).flatMap((name) => source.strings(['secrets', name, 'file']));
}

async function contents(view: LabView, files: readonly string[]): Promise<string[]> {
  const texts = await Promise.all([...new Set(files)].slice(0, 20).map((file) => view.file(file.replace(/^\.\//, ''))));
  return texts.filter((text) => text !== null);
}

/** Values of variables named like secrets, and the defaults of those that are taken from elsewhere. */
function writtenIn(source: YamlSource, service: string): string[] {
  const path = ['services', service, 'environment'];
  const mapped = source.keys(path).map((name) => [name, source.strings([...path, name])[0] ?? ''] as const);
  const listed = source.strings(path).map((item) => [item.split('=')[0] ?? '', item.slice(item.indexOf('=') + 1)] as const);
  return [...mapped, ...listed].filter(([name]) => isSecretName(name)).flatMap(([, value]) => literals(value));
}

function literals(value: string): string[] {
  if (!value.includes('$')) return [value];
  return [...value.matchAll(/\$\{\w+:?-([^}]+)\}/g)].map(([, fallback]) => fallback ?? '');
}
