import { expect, it } from 'vitest';
import { composeDocumentSchema } from '../../../../../../server/checkpoints/acts/sandbox/compose-document.ts';
import { sandboxDocument } from '../../../../../../server/checkpoints/acts/sandbox/sandbox-document.ts';

const terms = { trial: 'x', project: 'escale-trial-x', folder: '/tmp/x/project', keep: ['etl', 'base'] };

function sandboxed(ipam: unknown, address: string, more: object = {}) {
  const service = { image: 'x', networks: { default: { ipv4_address: address } } };
  const etl = {
    image: 'x',
    environment: { DATABASE_URL: `postgresql://u:p@${address}:5432/w`, VERSION: '10.77.18.10.1' },
    command: ['wait', address],
  };
  return sandboxDocument(
    composeDocumentSchema.parse({ services: { etl, base: service }, networks: { default: { ipam, ...more } } }),
    terms,
  );
}

it.each([
  ['10.77.18.0/24', '10.77.18.10', '10.193.0.10'],
  ['172.28.0.0/16', '172.28.5.9', '10.193.5.9'],
  ['192.168.7.128/25', '192.168.7.130', '10.193.0.2'],
])('keeps a fixed address, in a subnet of its own: %s %s', (subnet, address, now) => {
  const { services, networks } = sandboxed({ config: [{ subnet }] }, address);
  expect(services.base?.networks).toEqual({ default: { ipv4_address: now } });
  expect(services.etl?.environment).toEqual({ DATABASE_URL: `postgresql://u:p@${now}:5432/w`, VERSION: '10.77.18.10.1' });
  expect(services.etl?.command).toEqual(['wait', now]);
  const base = `${now.split('.').slice(0, 2).join('.')}.0.0`;
  expect(networks?.default).toMatchObject({ ipam: { config: [{ subnet: `${base}/${subnet.split('/')[1]}` }] } });
});

it.each([
  ['a range too wide to move', { config: [{ subnet: '10.0.0.0/8' }] }],
  ['no range', {}],
  ['a range of IPv6', { config: [{ subnet: 'fd00::/64' }] }],
])('leaves addresses to the engine where the file has %s', (_, ipam) => {
  const { services, networks } = sandboxed(ipam, '10.77.18.10');
  expect(services.base?.networks).toEqual({ default: null });
  expect(networks?.default).toEqual({ labels: { 'escale.trial': 'x' } });
  expect(services.etl?.environment?.DATABASE_URL).toContain('10.77.18.10');
});
