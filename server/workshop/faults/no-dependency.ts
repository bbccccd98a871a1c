import { isMap, isSeq } from 'yaml';
import type { Fault } from '../definitions.ts';
import { changeCompose, flow } from './change-compose.ts';

/** The database starts this many seconds late: longer than a program needs to import its libraries on a busy machine. */
const LATE_S = 15;
const LATER_S = 25;

export const noDependency: Fault = {
  id: 'no-dependency',
  symptom:
    'La base se remet d’une coupure : elle met quinze secondes à démarrer, et vous n’y pouvez rien. Le pipeline échoue ; relancé plus tard à la main, il réussit.',
  hints: [
    'Comparez les heures : `docker compose logs -t` montre ce que chaque service a dit, et quand.',
    'Le pipeline est parti avant que la base réponde. Qu’est-ce qui, dans votre projet, le fait attendre ?',
    'Le service du pipeline n’a plus de `depends_on` avec `condition: service_healthy`.',
  ],
  cause: 'Le pipeline ne dépendait plus de la base : il partait en même temps qu’elle, et perdait la course dès qu’elle tardait.',
  env: { RETARD: String(LATER_S) },
  break(copy) {
    if (copy.database.service.healthcheck === undefined) return null;
    const edit = changeCompose(copy, (document) => {
      const etl = ['services', copy.etl.name];
      const database = ['services', copy.database.name];
      const needs = document.getIn([...etl, 'depends_on']);
      if (isMap(needs)) needs.delete(copy.database.name);
      else if (isSeq(needs)) needs.items = needs.items.filter((item) => String(item) !== copy.database.name);
      else return false;
      if (needs.items.length === 0) document.deleteIn([...etl, 'depends_on']);
      document.setIn([...database, 'healthcheck', 'retries'], 60);
      document.setIn(
        [...database, 'entrypoint'],
        flow(document, ['sh', '-c', `sleep \${RETARD:-${LATE_S}}; exec ${copy.database.command.join(' ')}`]),
      );
      return true;
    });
    return edit && { edits: [edit] };
  },
  shows: ({ etl, log }) => etl?.exitCode !== 0 && /Connection refused|could not connect|starting up/i.test(log),
  remains({ services, names, composeFile, etl }) {
    if (!services[names.database]?.entrypoint?.join(' ').includes('sleep')) {
      return {
        code: 'late.hurried',
        observed: 'la base ne tarde plus : son `entrypoint` a changé',
        where: { file: composeFile, service: names.database },
        look: 'Le retard est celui d’une vraie panne, que vous ne pouvez pas empêcher. C’est le pipeline qui doit attendre.',
      };
    }
    const restart = services[names.etl]?.restart ?? 'no';
    if (restart === 'no' && etl?.restarts === 0) return null;
    return {
      code: 'late.retried',
      observed: `le pipeline échoue encore, et \`restart: ${restart}\` le relance jusqu’à ce qu’il réussisse`,
      where: { file: composeFile, service: names.etl },
      look: 'Un programme relancé sans fin cache aussi ses vraies erreurs. Faites-le attendre la base, une seule fois.',
    };
  },
  repair: "sed -i 's/^  etl:/  etl:\\n    depends_on: { postgres: { condition: service_healthy } }/' docker-compose.yml",
  tempting: [
    {
      name: 'restarted until it works',
      script: "sed -i 's/^  etl:/  etl:\\n    restart: on-failure/' docker-compose.yml",
      code: 'late.retried',
    },
    { name: 'the delay taken out', script: "sed -i '/entrypoint: .*sleep/d' docker-compose.yml", code: 'late.hurried' },
    {
      name: 'a fixed wait',
      script: `sed -i 's/^  etl:/  etl:\\n    command: [sh, -c, "sleep 17; exec python etl_pipeline.py"]/' docker-compose.yml`,
      code: 'symptom.remains',
    },
  ],
};
