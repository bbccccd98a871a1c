import { describe, expect, it } from 'vitest';
import { adaptCompose, shifted } from '../../../../server/workshop/adapt-compose.ts';
import { outwardOf } from '../../../../server/workshop/outward.ts';
import { modelOf, solutionCopy } from '../fakes/solution-copy.ts';

const SMALL = `name: projet
services:
  base:
    image: postgres:15-alpine
    container_name: ma-base
    ports: ["5432:5432"]
    volumes: [donnees:/var/lib/postgresql/data]
  etl:
    build: .
    image: etl:1.4
    depends_on: { base: { condition: service_started } }
volumes:
  donnees:
    name: mes-donnees
    external: true
`;

function adapted(source: string) {
  const text = adaptCompose(source, modelOf(source, ''), { keep: ['base', 'etl'], database: 'base' }) ?? '';
  return { text, model: modelOf(text, '') };
}

describe('the Compose file of the copy', () => {
  it('keeps the database and the ETL, under names and ports of its own, with the comments of the learner', async () => {
    const { copy, model } = await solutionCopy();
    expect(model.name).toBe('atelier');
    expect(Object.keys(model.services)).toEqual(['postgres', 'etl']);
    expect(model.services.postgres?.ports).toEqual([{ target: 5432, published: '15432', host_ip: '127.0.0.1', protocol: 'tcp' }]);
    expect(copy.text('docker-compose.yml')).toContain('# Par le réseau, comme un client.');
    expect(outwardOf(model)).toBeNull();
  });

  it('lets go of fixed names, of shared volumes, and of the name of an image', () => {
    const { text, model } = adapted(SMALL);
    expect(text).not.toMatch(/ma-base|mes-donnees|external|etl:1\.4/);
    expect(model.services.base?.ports[0]?.published).toBe('15432');
  });

  it('is refused where services are not written under their keys', () => {
    const source = SMALL.replace('    build: .\n    image: etl:1.4\n    depends_on: { base: { condition: service_started } }\n', '')
      .replace('  etl:\n', '  etl: *base\n')
      .replace('  base:\n', '  base: &base\n');
    expect(adaptCompose(source, modelOf(source, ''), { keep: ['base', 'etl'], database: 'base' })).toBeNull();
  });

  it('shifts a port to another valid one', () => {
    expect([5432, 60_000].map(shifted)).toEqual([15_432, 50_000]);
  });
});
