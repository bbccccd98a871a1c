import type { Fault } from '../definitions.ts';
import { replaceOnce } from './find-once.ts';

const ADDRESS = /@\[?(\d+(?:\.\d+){3})\b/;

export const hostName: Fault = {
  id: 'host-name',
  symptom: 'La base démarre et va bien. Le pipeline s’arrête avec le code 1 avant d’avoir chargé une ligne.',
  hints: [
    'Le journal du pipeline dit ce qu’il cherchait et n’a pas trouvé : `docker compose logs etl`, la dernière erreur, au-dessus de « Background on this error ».',
    'Sur le réseau du projet, un service ne s’appelle que par son nom de service. Comparez celui que cherche le pipeline avec ceux que donne `docker compose ps --services`',
    'L’hôte de `DATABASE_URL`, entre `@` et `:`, est à remplacer par le nom du service de la base.',
  ],
  cause:
    'L’adresse de la base portait un nom d’hôte qu’aucun service n’avait : le nom d’un service que l’on a renommé, ou une faute de frappe.',
  break(copy) {
    const name = copy.database.name;
    const other = name === 'postgres' ? 'postgresql' : 'postgres';
    const edit = replaceOnce(copy, copy.composeFile, `@${name}:`, `@${other}:`);
    return edit && { edits: [edit] };
  },
  shows: ({ etl, log }) => etl?.exitCode !== 0 && /could not translate host name|Name or service not known|Name does not resolve/.test(log),
  remains({ services, names, composeFile }) {
    const written = Object.entries(services[names.etl]?.environment ?? {}).find(([, value]) => ADDRESS.test(value ?? ''));
    if (written !== undefined) {
      return {
        code: 'host.address',
        observed: `\`${written[0]}\` désigne la base par une adresse, \`${ADDRESS.exec(written[1] ?? '')?.[1]}\``,
        where: { file: composeFile, service: names.etl },
        look: 'Docker distribue les adresses à chaque démarrage : celle-ci sera un jour celle d’un autre conteneur. Le nom du service, lui, reste.',
      };
    }
    const hosts = services[names.etl]?.extra_hosts ?? [];
    if (hosts.length === 0) return null;
    return {
      code: 'host.written',
      observed: `\`extra_hosts\` écrit une adresse dans le conteneur du pipeline : \`${hosts[0]}\``,
      where: { file: composeFile, service: names.etl },
      look: 'L’adresse de la base change quand son conteneur est recréé. Le nom de son service suffit, et il suit.',
    };
  },
  repair: "sed -i 's/@postgresql:/@postgres:/' docker-compose.yml",
  tempting: [
    {
      name: 'the address instead of the name',
      script:
        'address=$(docker inspect -f "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}" atelier-postgres-1); sed -i "s/@postgresql:/@$address:/" docker-compose.yml',
      code: 'host.address',
    },
    {
      name: 'an address written into the container',
      script:
        'address=$(docker inspect -f "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}" atelier-postgres-1); sed -i "s/^  etl:/  etl:\\n    extra_hosts: [\\"postgresql:$address\\"]/" docker-compose.yml',
      code: 'host.written',
    },
    {
      name: 'one run with the right address',
      script: `docker compose run --rm -T -e DATABASE_URL="$(docker compose config | sed -n 's/.*DATABASE_URL: //p' | sed 's/@postgresql:/@postgres:/')" etl`,
      code: 'symptom.remains',
    },
  ],
};
