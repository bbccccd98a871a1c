import { type Document, isMap, parseDocument, Scalar } from 'yaml';
import type { ComposeModel } from '../checkpoints/readers/compose/model.ts';
import { WORKSHOP } from '../lab-engine/workshop-project.ts';
import { composeText } from './faults/change-compose.ts';
import { PORT_SHIFT } from './workshop-names.ts';

const NOTE = ' La copie de l’atelier : ses noms et ses ports à elle, et les seuls services dont le pipeline a besoin.';

/** The learner's Compose file for the copy: the same services under names and ports of the copy's own. Null if it cannot be changed by its keys. */
export function adaptCompose(
  source: string,
  model: ComposeModel,
  { keep, database }: { keep: readonly string[]; database: string },
): string | null {
  const document = parseDocument(source, { logLevel: 'silent' });
  const services = document.get('services');
  if (document.errors.length > 0 || !isMap(document.contents) || !isMap(services)) return null;
  document.set('name', WORKSHOP);
  for (const name of Object.keys(model.services)) {
    if (!keep.includes(name)) document.deleteIn(['services', name]);
    else if (!isMap(document.getIn(['services', name]))) return null;
    else adaptService(document, name, model);
  }
  for (const kind of ['volumes', 'networks']) {
    const all = document.get(kind);
    for (const pair of isMap(all) ? all.items : []) {
      for (const key of ['name', 'external', 'ipam']) if (isMap(pair.value)) pair.value.delete(key);
    }
  }
  const health = document.getIn(['services', database, 'healthcheck']);
  // The workshop's waits follow from these.
  for (const [key, value] of Object.entries({ interval: '1s', start_period: '1s', retries: 15 })) if (isMap(health)) health.set(key, value);
  document.commentBefore = NOTE;
  return composeText(document);
}

function adaptService(document: Document, name: string, model: ComposeModel): void {
  const at = (...keys: readonly string[]) => ['services', name, ...keys];
  for (const key of ['container_name', 'profiles']) if (document.hasIn(at(key))) document.deleteIn(at(key));
  if (document.hasIn(at('build')) && document.hasIn(at('image'))) document.deleteIn(at('image'));
  const ports = (model.services[name]?.ports ?? []).filter(({ published }) => /^\d+$/.test(published));
  if (!document.hasIn(at('ports'))) return;
  const written = ports.map(({ host_ip, published, target }) => {
    const text = new Scalar(`${host_ip === '' ? '' : `${host_ip}:`}${shifted(Number(published))}:${target}`);
    text.type = Scalar.QUOTE_DOUBLE;
    return text;
  });
  document.setIn(at('ports'), document.createNode(written));
}

/** Another port, still a valid one. */
export function shifted(port: number): number {
  return port + (port + PORT_SHIFT > 65_535 ? -PORT_SHIFT : PORT_SHIFT);
}
