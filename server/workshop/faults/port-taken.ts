import type { Fault } from '../definitions.ts';
import { ADDED_LABEL } from '../workshop-names.ts';

/** A container of somebody else. */
const NEIGHBOUR = 'voisin';

export const portTaken: Fault = {
  id: 'port-taken',
  symptom: '`docker compose up -d` s’arrête sur une erreur : la base ne démarre pas.',
  hints: [
    'L’erreur de `docker compose up -d` nomme une adresse et un port de l’hôte. Un port ne sert qu’à un programme à la fois.',
    '`docker ps` montre quel conteneur publie déjà ce port. Il appartient à une autre équipe, qui s’en sert : il doit rester.',
    'Dans `ports`, changez le nombre de gauche, celui de l’hôte. Celui de droite, 5432, est celui où PostgreSQL écoute dans son conteneur.',
  ],
  cause: 'Le port de l’hôte que publie la base servait déjà à un autre conteneur.',
  break({ database }) {
    const port = database.service.ports.find(({ target }) => target === 5432);
    if (port === undefined || !/^\d+$/.test(port.published)) return null;
    const address = `${port.host_ip === '' ? '' : `${port.host_ip}:`}${port.published}:5432`;
    return {
      commands: [
        `docker run -d --name ${NEIGHBOUR} --label ${ADDED_LABEL} --restart unless-stopped -e POSTGRES_PASSWORD=voisinage -p ${address} ${database.image}`,
      ],
    };
  },
  shows: ({ up, database }) =>
    up.code !== 0 && /already allocated|address already in use/.test(`${up.stderr}${up.stdout}${database?.error}`),
  async remains({ engine, database, names, composeFile }) {
    if ((await engine.container(NEIGHBOUR))?.state !== 'running') {
      return {
        code: 'port.neighbour-gone',
        observed: `le conteneur \`${NEIGHBOUR}\` ne tourne plus`,
        where: { container: NEIGHBOUR },
        look: 'Une autre équipe s’en sert : elle vient de perdre sa base. Remettez la panne, puis changez le port que vous publiez, et non le sien.',
      };
    }
    if (database?.ports.some(({ container }) => container === 5432)) return null;
    return {
      code: 'port.unpublished',
      onceWorking: true,
      observed: 'la base démarre, mais l’hôte ne publie plus de port vers son port 5432',
      where: { file: composeFile, service: names.database },
      look: 'Gardez `ports` : seul le nombre de gauche change. Celui de droite est le port où PostgreSQL écoute.',
    };
  },
  repair: "sed -i 's/:15432:/:15433:/' docker-compose.yml",
  tempting: [
    { name: 'the other container removed', script: `docker rm -f ${NEIGHBOUR}`, code: 'port.neighbour-gone' },
    { name: 'no port', script: "sed -i '/ports:/d; /15432/d' docker-compose.yml", code: 'port.unpublished' },
    { name: 'both numbers changed', script: "sed -i 's/:15432:5432/:15433:5433/' docker-compose.yml", code: 'port.unpublished' },
  ],
};
