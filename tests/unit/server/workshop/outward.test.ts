import { expect, it } from 'vitest';
import { outwardOf } from '../../../../server/workshop/outward.ts';
import { modelOf } from '../fakes/solution-copy.ts';

const COPY = `name: atelier
services:
  etl:
    build: .
    volumes: [./data:/app/data]
    ports: ["18000:8000"]
`;

it.each([
  ['another name', 'name: atelier', 'name: docker-etl-project', 'son nom'],
  ['a fixed container name', '    build: .', '    build: .\n    container_name: etl', 'le nom de son conteneur'],
  ['the network of the host', '    build: .', '    build: .\n    network_mode: host', 'réseau de l’hôte'],
  ['the name of a built image', '    build: .', '    build: .\n    image: etl:1.4', 'image'],
  ['a port of the learner’s stack', '18000:8000', '8000:8000', 'port'],
  ['a folder outside', './data:/app/data', './../docker-etl-project/data:/app/data', 'hors du projet'],
])('a copy with %s would reach outside', (_name, from, to, says) => {
  expect(outwardOf(modelOf(COPY, ''))).toBeNull();
  const model = modelOf(COPY.replace(from, to), '', '/home/dataeng/atelier');
  const inside = model.services.etl?.volumes.map((mount) => ({ ...mount, source: mount.source.replace('atelier/../', '') }));
  const services = { ...model.services, ...(model.services.etl && { etl: { ...model.services.etl, volumes: inside ?? [] } }) };
  expect(outwardOf({ ...model, services })).toContain(says);
});
