import { describe, expect, it } from 'vitest';
import { missingVariables } from '../../../../../../server/checkpoints/readers/compose/missing-variables.ts';
import { faultOfSettings, refusedSettings } from '../../../../../../server/checkpoints/readers/compose/settings-fault.ts';
import { YamlSource } from '../../../../../../server/checkpoints/readers/compose/yaml-source.ts';

const SECRET = 'Maree-Basse';

describe('the fault of a file of variables', () => {
  it('is recognised by the file that Compose names', () => {
    expect(refusedSettings('failed to read /home/moi/projet/.env: line 1: key cannot contain a space')).toBe('/home/moi/projet/.env');
    expect(refusedSettings('validating /p/docker-compose.yml: services must be a mapping')).toBeNull();
  });

  it.each([
    [`POSTGRES USER=dataeng\nA=b\n`, 'line 1: key cannot contain a space', 1, /`POSTGRES USER` contient un espace/],
    [`# réglages\nA=b\nMOT DE PASSE=${SECRET}\n`, 'line 3: key cannot contain a space', 3, /`MOT DE PASSE` contient un espace/],
    [`A=b\nPOSTGRES_PASSWORD ${SECRET}\n`, 'line 2: key cannot contain a space', 2, /un espace et pas de `=`/],
    [`A=b\nP="${SECRET}\nC=d\n`, `line 4: unterminated quoted value "${SECRET}`, 2, /`P` ouvre un guillemet que rien ne ferme/],
    [`P='${SECRET}\n`, `line 2: unterminated quoted value '${SECRET}`, 1, /`P` ouvre un guillemet/],
    [`A=b\n=${SECRET}\n`, 'setenv: invalid argument', 2, /pas de nom devant/],
    [`A=b\nP=${SECRET}\${\n`, `Invalid template: "${SECRET}\${"`, 2, /commence une variable/],
  ])('is placed at its line, without the value: %j', (text, said, line, what) => {
    const fault = faultOfSettings('/home/moi/projet/.env', text, `failed to read /home/moi/projet/.env: ${said}`);
    expect(fault).toMatchObject({ code: 'compose.env-file', file: '.env', line, what: expect.stringMatching(what) });
    expect(JSON.stringify(fault)).not.toContain(SECRET);
  });

  it('keeps the line that Compose names, if the file shows nothing', () => {
    const said = `failed to read /p/etl.env: line 7: something about ${SECRET}`;
    const fault = faultOfSettings('/p/etl.env', null, said);
    expect(fault).toMatchObject({ file: 'etl.env', line: 7 });
    expect(JSON.stringify(fault)).not.toContain(SECRET);
  });
});

describe('a variable without a value', () => {
  const sources = [new YamlSource('docker-compose.yml', `services:\n  a:\n    user: \${POSTGRES_PASSWORD:?}\n`)];

  it.each([
    ['A=b\n', { file: 'docker-compose.yml', line: 3, lookalike: null }],
    ['A=b\nPOSTGRES_PASSWORD=\n', { file: '.env', line: 2, lookalike: null }],
    ['POSTGRES-PASSWORD=x\n', { file: '.env', line: 1, lookalike: 'POSTGRES-PASSWORD' }],
    ['postgres_password=x\n', { file: '.env', line: 1, lookalike: 'postgres_password' }],
    ['POSTGRES_PASS=x\n', { file: '.env', line: 1, lookalike: 'POSTGRES_PASS' }],
    ['POSTGRES_USER=x\n#POSTGRES_PASSWORD=x\n', { file: 'docker-compose.yml', line: 3, lookalike: null }],
  ])('is placed where it must be given: %j', (settings, place) => {
    expect(missingVariables(sources, settings, 'POSTGRES_PASSWORD')).toMatchObject([{ name: 'POSTGRES_PASSWORD', ...place }]);
  });
});
