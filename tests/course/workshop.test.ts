import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { escaleIn, temporaryState } from '../integration/cli/escale.ts';

const state = temporaryState();
const { run, json } = escaleIn(state);
let lab: string;

/** The learner's own: files, containers, volumes, rows. Nothing of it may change. */
const OWN = `
cd ~/docker-etl-project
find . -printf '%p %m %u %s %T@\\n' | sort
docker ps -a --no-trunc --format '{{.ID}} {{.Names}} {{.State}}' --filter label=com.docker.compose.project=docker-etl-project | sort
docker volume ls -q --filter label=com.docker.compose.project=docker-etl-project | sort
docker compose exec -T postgres psql -X -U dataeng -d warehouse -Atc 'SELECT * FROM users_data ORDER BY id'`;
const LEFT = `
ls -d ~/atelier 2>/dev/null
docker ps -aq --filter label=com.docker.compose.project=atelier --filter label=escale.workshop
docker volume ls -q --filter label=com.docker.compose.project=atelier
docker image ls -q --filter label=com.docker.compose.project=atelier; true`;

async function type(script: string): Promise<string> {
  const { exit, stdout, stderr } = await run(['lab', 'exec', lab, '--', 'bash', '-c', script]);
  if (exit !== 0) throw new Error(`exit ${exit}: ${script}\n${stdout}${stderr}`);
  return stdout;
}

beforeAll(async () => {
  lab = String((await json(['lab', 'start'])).lab);
  await json(['lab', 'put', lab, '--solution', '1.4']);
  await type('docker compose up -d --build --quiet-pull postgres etl && docker compose wait etl');
}, 900_000);

afterAll(async () => {
  await run(['clean', '--yes']);
  rmSync(state, { recursive: true, force: true });
}, 300_000);

describe('the workshop in a real lab', () => {
  it.each([
    ['host-name', 'docker compose run --rm -T etl true', 'symptom.remains', "sed -i 's/@postgresql:/@postgres:/' docker-compose.yml"],
    ['old-password', 'docker compose down -v', 'lost.data', null],
    ['port-taken', 'docker rm -f voisin', 'port.neighbour-gone', "sed -i 's/:15432:/:15433:/' docker-compose.yml"],
  ])(
    '%s: shows its symptom, refuses a tempting repair, accepts the true one',
    { timeout: 1_800_000 },
    async (fault, tempting, code, repair) => {
      const own = await type(OWN);
      expect(await json(['workshop', 'start', lab, '--fault', fault])).toMatchObject({ state: 'open', fault: { id: fault } });
      await type(`cd ~/atelier && ${tempting}`);
      expect(await json(['workshop', 'check', lab], 1)).toMatchObject({ state: 'open', verdict: { diagnosis: { code } } });
      await json(['workshop', 'restore', lab]);
      await type(
        `cd ~/atelier && ${repair ?? `docker compose exec -T postgres psql -U dataeng -d warehouse -c "ALTER USER dataeng PASSWORD 'Cap-au-large-58'"`}`,
      );
      expect(await json(['workshop', 'check', lab])).toMatchObject({ state: 'mended', verdict: { verdict: 'met' } });
      await json(['workshop', 'leave', lab]);
      expect(await type(LEFT)).toBe('');
      expect(await type(OWN)).toBe(own);
    },
  );

  it('keeps what carries its name and is not its own', async () => {
    await type('mkdir ~/atelier && echo à moi > ~/atelier/notes.txt');
    expect(await json(['workshop', 'start', lab], 69)).toMatchObject({ error: { code: 'workshop.name-taken' } });
    expect(await type('cat ~/atelier/notes.txt; rm -r ~/atelier')).toBe('à moi\n');
  });
});
