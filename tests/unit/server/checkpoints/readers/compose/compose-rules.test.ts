import { describe, expect, it } from 'vitest';
import { faultOfCompose } from '../../../../../../server/checkpoints/readers/compose/compose-fault.ts';
import { YamlSource } from '../../../../../../server/checkpoints/readers/compose/yaml-source.ts';

const FILE = 'docker-compose.yml';
const SERVICE = 'services:\n  a:\n    image: x\n';
const validating = (said: string): string => `validating /home/moi/projet/${FILE}: ${said}\n`;
const faultOf = (said: string, source: string) => faultOfCompose(said, [new YamlSource(FILE, source)]);

/** What Compose 2.26.1 and 5.6.0 print for the same file, recorded from both. */
const SAID: readonly [what: string, source: string, before: string, now: string, fault: object][] = [
  [
    'an unknown key at the root',
    'service:\n  a:\n    image: x\n',
    validating('(root) Additional property service is not allowed'),
    validating(" additional properties 'service' not allowed"),
    {
      code: 'compose.unknown-key',
      line: 1,
      what: 'la clé `service` n’existe pas à la racine du fichier',
      look: 'Vouliez-vous écrire `services` ?',
    },
  ],
  [
    'two unknown keys at the root',
    `foo: 1\nbar: 2\n${SERVICE}`,
    validating('(root) Additional property bar is not allowed'),
    validating(" additional properties 'bar', 'foo' not allowed"),
    { code: 'compose.unknown-key', line: 2, what: 'la clé `bar` n’existe pas à la racine du fichier' },
  ],
  [
    'an unknown key with a quote in it',
    `"it's": 1\n${SERVICE}`,
    validating("(root) Additional property it's is not allowed"),
    validating(" additional properties 'it\\'s' not allowed"),
    { code: 'compose.unknown-key', line: 1, what: "la clé `it's` n’existe pas à la racine du fichier" },
  ],
  [
    'an unknown key of a service',
    `${SERVICE}    imgae: y\n`,
    validating('services.a Additional property imgae is not allowed'),
    validating('services.a.imgae false schema'),
    { code: 'compose.unknown-key', line: 4, what: 'la clé `imgae` n’existe pas dans `services.a`' },
  ],
  [
    'a block of a service one level too high',
    `${SERVICE}  environment:\n    A: b\n`,
    validating('services.environment Additional property A is not allowed'),
    validating('services.environment.A false schema'),
    { code: 'compose.indentation', line: 4, what: expect.stringContaining('`environment` est pris pour un service') },
  ],
  [
    'an unknown key of a health check',
    `${SERVICE}    healthcheck:\n      test: x\n      intervall: 3s\n`,
    validating('services.a.healthcheck Additional property intervall is not allowed'),
    validating("services.a.healthcheck additional properties 'intervall' not allowed"),
    { code: 'compose.unknown-key', line: 6, what: 'la clé `intervall` n’existe pas dans `services.a.healthcheck`' },
  ],
  [
    'an unknown key of an item of a list',
    `${SERVICE}    volumes:\n      - type: bind\n        sourc: .\n        target: /x\n`,
    validating('services.a.volumes.0 Additional property sourc is not allowed'),
    validating("services.a.volumes.0 additional properties 'sourc' not allowed"),
    { code: 'compose.unknown-key', line: 4, what: 'la clé `sourc` n’existe pas dans `services.a.volumes.0`' },
  ],
  [
    'an unknown key of a volume',
    `${SERVICE}volumes:\n  d:\n    drivr: x\n`,
    validating('volumes.d Additional property drivr is not allowed'),
    validating("volumes.d additional properties 'drivr' not allowed"),
    { code: 'compose.unknown-key', line: 6, what: 'la clé `drivr` n’existe pas dans `volumes.d`' },
  ],
  [
    'a value where a list must be',
    `${SERVICE}    ports: 80\n`,
    validating('services.a.ports must be a list'),
    validating('services.a.ports must be a array'),
    { code: 'compose.dash-missing', line: 4, what: expect.stringContaining('sous `ports`, chaque ligne est un élément de liste') },
  ],
  [
    'a mapping where a text must be',
    `${SERVICE}    environment:\n      A:\n        b: c\n`,
    validating('services.a.environment.A must be a string, number, boolean or null'),
    validating('services.a.environment.A must be a boolean, null, number or string'),
    { code: 'compose.bad-value', line: 5, what: expect.stringContaining('`services.a.environment.A` n’a pas la forme attendue') },
  ],
  [
    'a condition that does not exist',
    `${SERVICE}    depends_on:\n      db:\n        condition: healthy\n  db:\n    image: x\n`,
    validating(
      'services.a.depends_on.db.condition services.a.depends_on.db.condition must be one of the following: "service_started", "service_healthy", "service_completed_successfully"',
    ),
    validating(
      "services.a.depends_on.db.condition value must be one of 'service_started', 'service_healthy', 'service_completed_successfully'",
    ),
    { code: 'compose.bad-value', line: 6, what: expect.stringContaining('service_healthy') },
  ],
  [
    'a duration that is none',
    `${SERVICE}    healthcheck:\n      test: x\n      interval: 5 sec\n`,
    validating("services.a.healthcheck.interval Does not match format 'duration'"),
    'decoding failed due to the following error(s):\n\n\'services[a].healthcheck.interval\' time: unknown unit " sec" in duration "5 sec"\n',
    { code: 'compose.bad-value', line: 6, what: expect.stringContaining('`services.a.healthcheck.interval` n’a pas la forme attendue') },
  ],
  [
    'a size that is none',
    `${SERVICE}    mem_limit: lots\n`,
    "1 error(s) decoding:\n\n* error decoding 'services[a].mem_limit': invalid size: 'lots'\n",
    "decoding failed due to the following error(s):\n\n'services[a].mem_limit' invalid size: 'lots'\n",
    { code: 'compose.bad-value', line: 4, what: "`services.a.mem_limit` n’a pas la forme attendue (« invalid size: 'lots' »)" },
  ],
  [
    'services that wait for each other',
    `${SERVICE}    depends_on: [b]\n  b:\n    image: x\n    depends_on: [a]\n`,
    'dependency cycle detected: b -> a\n',
    'dependency cycle detected: a -> b -> a\n',
    { code: 'compose.depends-cycle', what: expect.stringMatching(/^les dépendances tournent en rond : /) },
  ],
  [
    'a file that is included and not there',
    `include: [more.yml]\n${SERVICE}`,
    'open more.yml: no such file or directory\n',
    'open /home/moi/projet/more.yml: no such file or directory\n',
    { code: 'compose.file-absent', line: 1, what: '`more.yml`, que ce fichier reprend, n’existe pas' },
  ],
];

describe('what Compose refuses', () => {
  it.each(SAID)('is read the same from 2.26 and from 5: %s', (_what, source, before, now, fault) => {
    expect(faultOf(before, source)).toMatchObject(fault);
    expect(faultOf(now, source)).toMatchObject(fault);
  });

  it.each([
    ['services.a.b.imgae', 'services:\n  a:\n    image: x\n  a.b:\n    imgae: x\n', 'imgae', 'services.a.b'],
    ['services.a.my.key', `${SERVICE}    my.key: y\n`, 'my.key', 'services.a'],
    ['services.a.my key', `${SERVICE}    my key: y\n`, 'my key', 'services.a'],
  ])('by 5, %s, is a key of the service that is there', (path, source, key, service) => {
    expect(faultOf(validating(`${path} false schema`), source)).toMatchObject({
      code: 'compose.unknown-key',
      what: `la clé \`${key}\` n’existe pas dans \`${service}\``,
    });
  });

  it('places a port that 2.26 cannot read at its item', () => {
    const said = "1 error(s) decoding:\n\n* 'services[a].ports[1]' expected a map, got 'string'\n";
    expect(faultOf(said, `${SERVICE}    ports:\n      - "80:80"\n      - "99999:80"\n`)).toMatchObject({
      code: 'compose.bad-value',
      line: 6,
    });
  });
});
