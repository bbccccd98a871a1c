import { expect, it } from 'vitest';
import { composeModelSchema } from '../../../../../../server/checkpoints/readers/compose/model.ts';
import { deadPort, sharedPort } from '../../../../../../server/checkpoints/readers/compose/published-ports.ts';

type Port = { target: number; published?: string; host_ip?: string; protocol?: string };
const model = (...ports: Port[]) =>
  composeModelSchema.parse({
    name: 'p',
    services: Object.fromEntries(ports.map((port, index) => [`s${index}`, { image: 'x', ports: [port] }])),
  });

it.each([
  [
    { target: 5432, published: '5432' },
    { target: 80, published: '5432' },
  ],
  [
    { target: 5432, published: '5432', host_ip: '127.0.0.1' },
    { target: 80, published: '5432' },
  ],
  [
    { target: 5432, published: '5432', host_ip: '0.0.0.0' },
    { target: 80, published: '5432', host_ip: '127.0.0.1' },
  ],
  [
    { target: 5432, published: '5432', host_ip: '127.0.0.1' },
    { target: 80, published: '5432', host_ip: '127.0.0.1' },
  ],
])('sees two services on one port: %j %j', (one, other) => {
  expect(sharedPort(model(one, other), () => true)).toEqual({ port: '5432', services: ['s0', 's1'] });
  expect(sharedPort(model(one, other), (name) => name === 's0')).toBeNull();
});

it.each([
  [
    { target: 5432, published: '5432' },
    { target: 80, published: '5050' },
  ],
  [
    { target: 5432, published: '5432', host_ip: '127.0.0.1' },
    { target: 80, published: '5432', host_ip: '127.0.0.2' },
  ],
  [
    { target: 5432, published: '5432', protocol: 'tcp' },
    { target: 53, published: '5432', protocol: 'udp' },
  ],
  [{ target: 5432 }, { target: 80 }],
  [
    { target: 80, published: '8000-8010' },
    { target: 80, published: '8000-8010' },
  ],
])('lets two ports be: %j %j', (one, other) => {
  expect(sharedPort(model(one, other), () => true)).toBeNull();
});

it.each([
  [{ target: 5432, published: '5433' }, false],
  [{ target: 5432, published: '5432', host_ip: '0.0.0.0' }, false],
  [{ target: 5433 }, false],
  [{ target: 5433, published: '5432' }, true],
])('knows a published port behind which nothing listens: %j', (port, dead) => {
  const service = model(port).services.s0;
  expect(service && deadPort(service, 5432) !== null).toBe(dead);
});
