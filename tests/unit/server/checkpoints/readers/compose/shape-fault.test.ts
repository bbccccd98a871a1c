import { expect, it } from 'vitest';
import { faultOfCompose } from '../../../../../../server/checkpoints/readers/compose/compose-fault.ts';
import { faultOfYaml } from '../../../../../../server/checkpoints/readers/compose/yaml-fault.ts';
import { YamlSource } from '../../../../../../server/checkpoints/readers/compose/yaml-source.ts';

const FILE = 'docker-compose.yml';
const SERVICE = 'services:\n  a:\n    image: x\n';

/** What Compose 2.26.1 prints, recorded. */
it.each([
  [
    'a blank in a mount',
    'volumes:\n      - data: /var/lib/x\n',
    'service volume services.a.volumes.[0] is missing a mount target',
    'blank-after-colon',
    5,
    '`- "data:/var/lib/x"`',
  ],
  [
    'a blank in the second mount',
    'volumes:\n      - ./a:/a\n      - ./b: /b\n',
    'service volume services.a.volumes.[1] is missing a mount target',
    'blank-after-colon',
    6,
    '`- "./b:/b"`',
  ],
  [
    'a blank in a port',
    'ports:\n      - 5432: 5432\n',
    'Non-string key in services.a.ports[0]: 5432',
    'blank-after-colon',
    5,
    '`- "5432:5432"`',
  ],
  [
    'dashes and colons',
    'environment:\n      - A: b\n      - C: d\n',
    'services.a.environment.[0]: unexpected type map[string]interface {}',
    'mixed-forms',
    5,
    '`- A=valeur`',
  ],
  [
    'one colon among equals',
    'environment:\n      - A=b\n      - C: d\n',
    'services.a.environment.[1]: unexpected type map[string]interface {}',
    'mixed-forms',
    6,
    '`- C=valeur`',
  ],
  [
    'an equals sign without a dash',
    'environment:\n      A=b\n',
    'validating /p/docker-compose.yml: services.a.environment must be a mapping',
    'mixed-forms',
    4,
    '`- A=valeur`',
  ],
  [
    'a colon without its blank',
    'environment:\n      A:b\n',
    'validating /p/docker-compose.yml: services.a.environment must be a mapping',
    'mixed-forms',
    4,
    '`A: valeur`',
  ],
  [
    'a condition under a dash',
    'depends_on:\n      - db:\n          condition: service_healthy\n',
    'validating /p/docker-compose.yml: services.a.depends_on.0 must be a string',
    'mixed-forms',
    5,
    'sans tiret',
  ],
  [
    'mounts without dashes',
    'volumes:\n      data: /var/lib/x\n',
    'validating /p/docker-compose.yml: services.a.volumes must be a list',
    'dash-missing',
    4,
    '`- `',
  ],
  [
    'dashes stuck to their words',
    'volumes:\n      -./a:/b\n      -./c:/d\n',
    'validating /p/docker-compose.yml: services.a.volumes must be a list',
    'dash-missing',
    4,
    '`- `',
  ],
  [
    'an address in memory',
    'tmpfs:\n      - /x: y\n',
    'services.a.tmpfs.[0]: unexpected type map[string]interface {}',
    'blank-after-colon',
    5,
    '`- "/x:y"`',
  ],
])('names the shape that Compose refuses: %s', (_what, block, said, code, line, look) => {
  const fault = faultOfCompose(said, [new YamlSource(FILE, `${SERVICE}    ${block}`)]);
  expect(fault).toMatchObject({ code: `compose.${code}`, file: FILE, line, look: expect.stringContaining(look) });
});

it('leaves the long forms to the rules', () => {
  const block =
    'ports:\n      - target: 80\n        published: 8080\n    volumes:\n      - type: bind\n        sourc: .\n        target: /x\n';
  const said = 'validating /p/docker-compose.yml: services.a.volumes.0 Additional property sourc is not allowed';
  expect(faultOfCompose(said, [new YamlSource(FILE, `${SERVICE}    ${block}`)])).toMatchObject({ code: 'compose.unknown-key', line: 7 });
});

it.each([
  ['A: b\n      C=d\n', 'mixed-forms', 6],
  ['C=d\n      A: b\n', 'mixed-forms', 5],
  ['A: b\n      - C=d\n', 'mixed-forms', 6],
  ['- C=d\n      A: b\n', 'mixed-forms', 6],
  ['- A: b\n      C: d\n', 'mixed-forms', 6],
  ['A: b\n      C:d\n      E: f\n', 'no-blank', 6],
  ['A: %x\n', 'quotes-missing', 5],
  ['A: @x\n', 'quotes-missing', 5],
])('names the forms that YAML cannot put together: %j', (block, code, line) => {
  const source = new YamlSource(FILE, `${SERVICE}    environment:\n      ${block}`);
  const problem = source.problem();
  expect(problem && faultOfYaml(source, problem)).toMatchObject({ code: `compose.${code}`, line });
});

it.each([
  ['logs:/app/logs', ['logs', 'src'], 'folder-for-volume', '`./logs:`'],
  ['data/raw:/app/data/raw', ['data'], 'folder-for-volume', '`./data/raw:`'],
  ['logs:/app/logs', ['src'], 'volume-undeclared', '`logs:` sous `volumes:`'],
  ['postgres_data:/var/lib/x', ['logs'], 'volume-undeclared', '`postgres_data:` sous `volumes:`'],
])('tells a folder of the project from a volume: %s beside %j', (mount, names, code, look) => {
  const said = `service "a" refers to undefined volume ${mount.split(':')[0]}: invalid compose project`;
  const source = new YamlSource(FILE, `${SERVICE}    volumes:\n      - ./b:/b\n      - ${mount}\n`);
  expect(faultOfCompose(said, [source], '', names)).toMatchObject({
    code: `compose.${code}`,
    line: 6,
    look: expect.stringContaining(look),
  });
});
