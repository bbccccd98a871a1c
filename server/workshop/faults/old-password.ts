import type { Fault } from '../definitions.ts';
import { replaceOnce } from './find-once.ts';

const NEW = 'Cap-au-large-58';
const ASK_MS = 15_000;

export const oldPassword: Fault = {
  id: 'old-password',
  symptom: 'La base démarre et va bien. Le pipeline s’arrête avec le code 1, alors que les deux services reçoivent le même mot de passe.',
  hints: [
    'Lisez la dernière erreur du pipeline. La base a répondu : ce n’est donc ni le réseau, ni le nom.',
    'Le mot de passe vient de `.env`. Comparez ce fichier avec celui de votre projet : quand la base de cet atelier a-t-elle été créée, et avec quel mot de passe ?',
    'Deux remèdes gardent les données : remettre l’ancien mot de passe dans `.env`, ou donner le nouveau à la base, par `docker compose exec postgres psql` et `ALTER USER … PASSWORD …`.',
  ],
  cause:
    'Le mot de passe de `.env` a changé après la création de la base. PostgreSQL ne lit `POSTGRES_PASSWORD` qu’une fois : l’ancien est resté dans le volume.',
  break(copy) {
    const value = copy.database.service.environment.POSTGRES_PASSWORD ?? '';
    const line = (copy.text('.env') ?? '').split('\n').find((one) => value !== '' && one.endsWith(`=${value}`));
    const name = line?.slice(0, line.indexOf('='));
    const edit = line === undefined ? null : replaceOnce(copy, '.env', line, `${name}=${NEW}`);
    return edit && { edits: [edit] };
  },
  shows: ({ etl, log }) => etl?.exitCode !== 0 && /password authentication failed/.test(log),
  async remains({ database, engine, names, composeFile }) {
    if (database === null) return null;
    const variable = (name: string) => database.env.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
    // Over the network: the image trusts whoever comes through the socket or 127.0.0.1.
    const script = 'psql -X -At -h "$(hostname -i | cut -d " " -f 1)" -U "$0" -d "$1" -c "SELECT 1"';
    const user = variable('POSTGRES_USER') ?? 'postgres';
    const argv = ['sh', '-c', script, user, variable('POSTGRES_DB') ?? user];
    const answer = await engine.execIn(database.id, {
      argv,
      env: ['PGPASSWORD=un-mot-de-passe-inexact', 'PGCONNECT_TIMEOUT=5'],
      timeoutMs: ASK_MS,
    });
    if (answer?.code !== 0) return null;
    return {
      code: 'password.not-asked',
      observed: 'la base laisse entrer avec n’importe quel mot de passe',
      where: { file: composeFile, service: names.database },
      look: 'Ne plus rien demander n’est pas une réparation. Remettez `scram-sha-256` dans `pg_hba.conf`, puis accordez le mot de passe de `.env` et celui de la base.',
    };
  },
  repair: `docker compose exec -T postgres psql -U dataeng -d warehouse -c "ALTER USER dataeng PASSWORD '${NEW}'"`,
  tempting: [
    { name: 'a new volume', script: 'docker compose down -v && docker compose up -d', code: 'lost.data' },
    {
      name: 'no password at all',
      script: `docker compose exec -T postgres sh -c 'sed -i "s/scram-sha-256/trust/" "$PGDATA/pg_hba.conf" && psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "SELECT pg_reload_conf()"'`,
      code: 'password.not-asked',
    },
    { name: 'another start', script: 'docker compose restart', code: 'symptom.remains' },
  ],
};
