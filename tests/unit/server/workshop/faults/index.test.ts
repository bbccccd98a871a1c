import { describe, expect, it } from 'vitest';
import type { ComposeModel } from '../../../../../server/checkpoints/readers/compose/model.ts';
import { brokenFiles } from '../../../../../server/workshop/break-copy.ts';
import type { Fault, Played, Seen } from '../../../../../server/workshop/definitions.ts';
import { faultNamed } from '../../../../../server/workshop/fault-named.ts';
import { FAULTS } from '../../../../../server/workshop/faults/index.ts';
import { FakeEngine } from '../../checkpoints/fakes/fake-engine.ts';
import { aContainer, aSeen, modelOf, solutionCopy } from '../../fakes/solution-copy.ts';

/** What each fault changes in the copy of the solution: a line that appears, by file. */
const CHANGES: Readonly<Record<string, readonly [file: string, line: string]>> = {
  'host-name': [
    'docker-compose.yml',
    `      DATABASE_URL: postgresql+psycopg2://\${POSTGRES_USER}:\${POSTGRES_PASSWORD}@postgresql:5432/\${POSTGRES_DB}`,
  ],
  'old-password': ['.env', 'POSTGRES_PASSWORD=Cap-au-large-58'],
  'health-check': ['docker-compose.yml', '        - pg_isready -p 5433 -h 127.0.0.1 -U $$POSTGRES_USER -d $$POSTGRES_DB'],
  'ignored-file': ['.dockerignore', '**/extract*'],
  crlf: ['docker-compose.yml', '    entrypoint: [/usr/local/bin/demarrer.sh]'],
  'no-dependency': ['docker-compose.yml', `    entrypoint: [sh, -c, "sleep \${RETARD:-15}; exec docker-entrypoint.sh postgres"]`],
};

const FAILED = aContainer({ exitCode: 1 });
const REFUSED_UP = { code: 1, timedOut: false, stdout: '', stderr: 'Bind for 127.0.0.1:15432 failed: port is already allocated' };
const SYMPTOMS: Readonly<Record<string, Partial<Seen>>> = {
  'host-name': { etl: FAILED, log: 'psycopg2.OperationalError: could not translate host name "postgresql" to address', loaded: false },
  'old-password': { etl: FAILED, log: 'FATAL:  password authentication failed for user "dataeng"', loaded: false },
  'health-check': {
    etl: null,
    up: { code: 1, timedOut: false, stdout: '', stderr: 'dependency failed to start: container atelier-postgres-1 is unhealthy' },
    database: aContainer({ state: 'running', health: { status: 'unhealthy', lastOutput: '' } }),
  },
  'port-taken': { etl: null, up: REFUSED_UP },
  'ignored-file': { etl: FAILED, log: "ModuleNotFoundError: No module named 'src.extract'", loaded: false },
  crlf: { etl: aContainer({ exitCode: 255 }), log: 'exec /usr/local/bin/demarrer.sh: no such file or directory', loaded: false },
  'no-dependency': { etl: FAILED, log: 'connection to server at "postgres", port 5432 failed: Connection refused', loaded: false },
};

async function brokenBy(fault: Fault) {
  const { copy, project } = await solutionCopy();
  const how = fault.break(copy);
  if (how === null) throw new Error(`${fault.id} does not fit the solution`);
  return { how, project, files: brokenFiles(project, how, fault.id) };
}

async function played(change: Partial<Played> & { model?: ComposeModel } = {}): Promise<Played> {
  const { model, ...rest } = change;
  const own = model ?? (await solutionCopy()).model;
  const engine = new FakeEngine();
  return {
    ...aSeen(),
    services: own.services,
    names: { etl: 'etl', database: 'postgres' },
    composeFile: 'docker-compose.yml',
    memo: {},
    engine,
    images: engine.openImages(),
    text: async () => null,
    modifiedMs: async () => null,
    ...rest,
  };
}

/** The model of the solution's copy after a textual change. */
async function changed(from: string, to: string): Promise<ComposeModel> {
  const { copy } = await solutionCopy();
  const text = copy.text('docker-compose.yml') ?? '';
  if (!text.includes(from)) throw new Error(`the copy has no ${from}`);
  return modelOf(text.replace(from, to), copy.text('.env') ?? '');
}

describe.each(FAULTS)('the fault $id', (fault) => {
  it('fits the reference solution, and changes what it says', async () => {
    const { files, how } = await brokenBy(fault);
    const wanted = CHANGES[fault.id];
    if (wanted === undefined) expect(how.commands?.join()).toContain('-p 127.0.0.1:15432:5432 postgres:15-alpine');
    else expect(files.get(wanted[0])?.text.split('\n')).toContain(wanted[1]);
  });

  it('shows its symptom and no other, and not in a copy that works', () => {
    expect(fault.shows(aSeen(SYMPTOMS[fault.id]))).toBe(true);
    expect(fault.shows(aSeen())).toBe(false);
    const others = FAULTS.filter(({ id }) => id !== fault.id).map(({ id }) => SYMPTOMS[id]);
    expect(others.filter((seen) => fault.shows(aSeen(seen)))).toEqual([]);
  });

  it('tells the symptom without the cause, with hints in steps, and has three tempting repairs with codes of their own', () => {
    expect(fault.hints).toHaveLength(3);
    expect(fault.symptom).not.toContain(fault.cause);
    expect(fault.tempting).toHaveLength(3);
    expect(fault.tempting.map(({ code }) => code)).not.toContain('met');
  });
});

describe('what remains of a cause', () => {
  it('a copy of the solution has nothing to complain about', async () => {
    for (const id of ['host-name', 'health-check']) expect(await faultNamed(id).remains(await played())).toBeNull();
  });

  it('an address in place of the name', async () => {
    const model = await changed('@postgres:', '@172.20.0.2:');
    expect(await faultNamed('host-name').remains(await played({ model }))).toMatchObject({
      code: 'host.address',
      observed: expect.stringContaining('172.20.0.2'),
    });
    const hosts = await changed('  etl:\n', '  etl:\n    extra_hosts: ["postgresql=172.20.0.2"]\n');
    expect(await faultNamed('host-name').remains(await played({ model: hosts }))).toMatchObject({ code: 'host.written' });
  });

  it('a health check that is bypassed, constant or gone', async () => {
    const codes = [
      ['condition: service_healthy', 'condition: service_started', 'health.bypassed'],
      ['- pg_isready -h 127.0.0.1 -U $$POSTGRES_USER -d $$POSTGRES_DB', '- exit 0', 'health.cannot-fail'],
      ['        - CMD-SHELL\n', '        - NONE\n', 'health.removed'],
    ] as const;
    for (const [from, to, code] of codes) {
      expect(await faultNamed('health-check').remains(await played({ model: await changed(from, to) }))).toMatchObject({ code });
    }
  });

  it('a late database that was hurried, or an ETL that is restarted until it works', async () => {
    const fault = faultNamed('no-dependency');
    expect(await fault.remains(await played())).toMatchObject({ code: 'late.hurried' });
    const late = await changed('  postgres:\n', '  postgres:\n    entrypoint: [sh, -c, "sleep 15; exec docker-entrypoint.sh postgres"]\n');
    expect(await fault.remains(await played({ model: late }))).toBeNull();
    expect(await fault.remains(await played({ model: late, etl: aContainer({ restarts: 2 }) }))).toMatchObject({ code: 'late.retried' });
  });

  it('a script with a single line end of Windows, or one that nobody runs', async () => {
    const fault = faultNamed('crlf');
    const text = async () => '#!/bin/sh\nexec "$@"\r\n';
    expect(await fault.remains(await played({ text }))).toMatchObject({ code: 'crlf.still-there', onceWorking: true });
    const mended = async () => '#!/bin/sh\nexec "$@"\n';
    expect(await fault.remains(await played({ text: mended, modifiedMs: async () => 2000 }))).toBeNull();
    expect(await fault.remains(await played({ text: mended, modifiedMs: async () => 500 }))).toMatchObject({ code: 'crlf.script-unused' });
  });

  it('a .dockerignore that lets in what it kept out', async () => {
    const fault = faultNamed('ignored-file');
    const memo = { module: 'src/extract.py', ignore: '.git\n.env\n' };
    expect(await fault.remains(await played({ memo }))).toMatchObject({
      code: 'ignored.too-much-let-in',
      observed: expect.stringContaining('n’existe plus'),
    });
    expect(await fault.remains(await played({ memo, text: async () => '.git\n' }))).toMatchObject({
      observed: expect.stringContaining('`.env`'),
    });
  });

  it('a neighbour that was removed', async () => {
    expect(await faultNamed('port-taken').remains(await played())).toMatchObject({ code: 'port.neighbour-gone' });
  });
});
