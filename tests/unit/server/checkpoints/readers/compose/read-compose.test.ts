import { describe, expect, it } from 'vitest';
import type { ToolResult } from '../../../../../../server/checkpoints/definitions.ts';
import { readCompose } from '../../../../../../server/checkpoints/readers/compose/read-compose.ts';
import { FakeEngine } from '../../fakes/fake-engine.ts';
import { noNetwork } from '../../fakes/no-network.ts';
import { viewOf } from '../../fakes/view-of.ts';

const refused = (stderr: string): ToolResult => ({ code: 15, timedOut: false, stdout: '', stderr });
const SERVICES = 'services:\n  a:\n    image: x\n';

function read(files: Record<string, string>, said: ToolResult = refused('not asked')) {
  const engine = new FakeEngine();
  const project = {
    read: async (path: string) => files[path] ?? null,
    entries: async () => Object.entries(files).map(([path, text]) => ({ path, kind: 'file' as const, size: text.length, mode: 0o644 })),
    run: async () => said,
  };
  return readCompose(viewOf({ engine, network: noNetwork, project, environment: null, now: Date.now }));
}

describe('readCompose', () => {
  it.each([
    ['indentation', 'services:\n  a:\n    environment:\n      A: b\n     C: d\n', 'compose.indentation', 5],
    ['a list that steps back', 'services:\n  a:\n    volumes:\n      - a:b\n     - c:d\n', 'compose.indentation', 5],
    ['a key deeper than its neighbour', 'services:\n  a:\n   image: x\n    build: .\n', 'compose.indentation', 4],
    ['a tab', 'services:\n\ta:\n    image: x\n', 'compose.tab', 2],
    ['a key written twice', 'services:\n  a:\n    image: x\n    image: y\n', 'compose.duplicate-key', 4],
    ['an anchor in itself', 'services: &a\n  x: *a\n', 'compose.anchor-loop', 2],
    ['a merge of itself', `x-a: &a\n  <<: *a\n${SERVICES}`, 'compose.anchor-loop', 2],
    ['two anchors in each other', 'x-a: &a\n  b: &b\n    c: *a\n', 'compose.anchor-loop', 3],
    ['an alias to nothing', 'services:\n  a:\n    image: *nope\n', 'compose.anchor-unknown', 3],
    ['a missing colon', 'services:\n  a\n    image: x\n', 'compose.syntax', 2],
    ['a list', '- services\n', 'compose.no-key', 1],
    ['a number', '12\n', 'compose.no-key', 1],
    ['nothing', '# rien\n', 'compose.empty', null],
    ['a list without its end', 'services:\n  a:\n    ports: ["80:80",\n    image: x\n', 'compose.unclosed', 3],
    ['a block without its end, last', 'services:\n  a: {image: x\n', 'compose.unclosed', 2],
    ['a quote without its end', `services:\n  # l'un\n  a:\n    image: 'x\n    user: l'autre\n`, 'compose.unclosed', 4],
    ['a double quote without its end', 'services:\n  a:\n    image: "x\n    user: y\n', 'compose.unclosed', 3],
    ['brackets without end', `services: ${'['.repeat(5000)}`, 'compose.too-deep', 1],
    ['10 MB', `# ${'x'.repeat(10_000_000)}`, 'compose.too-large', null],
  ])('names the first fault of YAML: %s', async (_, source, code, line) => {
    expect(await read({ 'docker-compose.yml': source })).toMatchObject({
      state: 'faulty',
      fault: { code, line, file: 'docker-compose.yml' },
    });
  });

  it('reads in time what is made to be slow: thousands of aliases, merges of merges', { timeout: 30_000 }, async () => {
    const aliases = `x: &x 1\ny:\n${'  - *x\n'.repeat(15_000)}`;
    const merges = Array.from({ length: 60 }, (_, at) => `x${at + 1}: &x${at + 1}\n  <<: [*x${at}, *x${at}]\n`).join('');
    const source = `x0: &x0 {}\n${merges}services:\n  a:\n    <<: *x60\n`;
    expect(await read({ 'docker-compose.yml': aliases }, refused('refusé'))).toMatchObject({ fault: { code: 'compose.invalid' } });
    const said = refused('validating /p/docker-compose.yml: services.a Additional property imgae is not allowed');
    expect(await read({ 'docker-compose.yml': source }, said)).toMatchObject({ fault: { code: 'compose.unknown-key', line: 123 } });
  });

  it('says of a model that was cut short that it is too large', async () => {
    const cut = { code: 0, timedOut: false, stdout: '{"name":"p","services":{"a":', stderr: '' };
    expect(await read({ 'docker-compose.yml': SERVICES }, cut)).toMatchObject({ state: 'faulty', fault: { code: 'compose.too-large' } });
  });

  it.each([
    ['services.a Additional property imgae is not allowed', `${SERVICES}    imgae: y\n`, 'compose.unknown-key', 4],
    ['services.environment Additional property A is not allowed', `${SERVICES}  environment:\n    A: b\n`, 'compose.indentation', 4],
    ['(root) Additional property service is not allowed', 'service:\n  a:\n    image: x\n', 'compose.unknown-key', 1],
    ['services must be a mapping', 'name: p\nservices:\n', 'compose.bad-value', 2],
    ['services.a.ports must be a list', `${SERVICES}    ports: 80\n`, 'compose.dash-missing', 4],
  ])('places what Compose refuses: %s', async (said, source, code, line) => {
    const reading = await read({ 'docker-compose.yml': source }, refused(`validating /p/docker-compose.yml: ${said}`));
    expect(reading).toMatchObject({ state: 'faulty', fault: { code, line } });
  });

  it.each([
    ['required variable P is missing a value: remplir', `${SERVICES}    user: \${P:?remplir}\n`, 'compose.variable-missing', 4],
    ['open /p/docker-compose.yml: permission denied', SERVICES, 'compose.unreadable', null],
    ['open /p/more.yml: permission denied', `include: [more.yml]\n${SERVICES}`, 'compose.unreadable', 1],
    ['env file /p/no.env not found: stat /p/no.env', `${SERVICES}    env_file: no.env\n`, 'compose.env-file-absent', 4],
    ['service "a" depends on undefined service "db": invalid', `${SERVICES}    depends_on: [db]\n`, 'compose.depends-unknown', 4],
    ['service "a" refers to undefined volume data: invalid', `${SERVICES}    volumes: [data:/d]\n`, 'compose.volume-undeclared', 4],
    ['service "a" has neither an image nor a build context', 'services:\n  a:\n    user: x\n', 'compose.no-image', 2],
    ['dependency cycle detected: a -> b -> a', `${SERVICES}    depends_on: [b]\n`, 'compose.depends-cycle', 4],
  ])('says what Compose misses: %s', async (said, source, code, line) => {
    expect(await read({ 'docker-compose.yml': source }, refused(said))).toMatchObject({ state: 'faulty', fault: { code, line } });
  });

  it.each(['B', 'C'])('says the same whichever of the variables without a value Compose names: %s', async (named) => {
    const source = `${SERVICES}    environment:\n      # \${Z:?}\n      A: \${A:?} \${B:?remplir}\n      C: $\${D:?} \${C?} \${B:?} \${E?}\n`;
    const said = refused(`error while interpolating services.a: required variable ${named} is missing a value`);
    expect(await read({ 'docker-compose.yml': source, '.env': 'export A=1\nB=""\nE=\n#C=2\n' }, said)).toMatchObject({
      fault: {
        code: 'compose.variable-missing',
        file: '.env',
        line: 2,
        what: 'la variable `B` est exigée et n’a pas de valeur (« remplir ») ; de même `C`',
      },
    });
  });

  it('reads the file that Compose reads, and its override', async () => {
    const model = { name: 'p', services: { a: { command: null, environment: { A: '$$b' } } } };
    const files = { 'compose.yaml': SERVICES, 'docker-compose.yml': SERVICES, 'compose.override.yaml': `${SERVICES}    user: me\n` };
    const reading = await read(files, { code: 0, timedOut: false, stdout: JSON.stringify(model), stderr: '' });
    if (reading.state !== 'readable') throw new Error(reading.state);
    expect(reading.files).toEqual(['compose.yaml', 'compose.override.yaml']);
    expect(reading.ignored).toEqual(['docker-compose.yml']);
    expect(reading.model.services.a?.environment).toEqual({ A: '$b' });
    expect(reading.places.nearest(['services', 'a', 'user'])).toEqual({ file: 'compose.override.yaml', line: 4 });
  });

  it('follows anchors, merges, extends and lists to the line that is written', async () => {
    const source = [
      'x-db: &db',
      '  environment:',
      '    HOST: db',
      'services:',
      '  base:',
      '    image: x',
      '    volumes:',
      '      - ./logs:/app/log',
      '      - {type: bind, source: ./data, target: /app/data}',
      '  etl:',
      '    <<: *db',
      '    extends: {service: base}',
    ].join('\n');
    const model = { name: 'p', services: {} };
    const reading = await read({ 'docker-compose.yml': source }, { code: 0, timedOut: false, stdout: JSON.stringify(model), stderr: '' });
    if (reading.state !== 'readable') throw new Error(reading.state);
    const { places } = reading;
    expect(places.nearest(['services', 'etl', 'environment', 'HOST']).line).toBe(3);
    expect(places.nearest(['services', 'etl', 'image']).line).toBe(6);
    expect(places.entry(['services', 'etl', 'volumes'], '/app/log', (item) => item.includes('/app/log')).line).toBe(8);
    expect(places.entry(['services', 'etl', 'volumes'], '/app/data', (item) => item.includes('/app/data')).line).toBe(9);
  });

  it('says nothing where there is no file, but names one that was meant', async () => {
    expect(await read({ 'README.md': '' })).toEqual({ state: 'absent', lookalike: null });
    expect(await read({ 'docker_compose.yml': SERVICES })).toEqual({ state: 'absent', lookalike: 'docker_compose.yml' });
  });
});
