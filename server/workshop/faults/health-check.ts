import { healthConstant } from '../../checkpoints/readers/image/image-health.ts';
import type { Complaint, Fault } from '../definitions.ts';
import { replaceOnce } from './find-once.ts';

export const healthCheck: Fault = {
  id: 'health-check',
  symptom: '`docker compose up -d` attend longtemps, puis s’arrête sur une erreur. Le pipeline n’est jamais lancé.',
  hints: [
    'L’erreur nomme un conteneur et son état. `docker compose ps -a` le montre aussi.',
    'La base accepte-t-elle des connexions ? `docker compose exec postgres pg_isready` répond. Si oui, c’est le bilan de santé qui se trompe, et non la base.',
    "Le moteur garde ce que le bilan a dit : `docker inspect --format '{{range .State.Health.Log}}{{.Output}}{{end}}' atelier-postgres-1` le montre. Comparez le port demandé avec celui où PostgreSQL écoute.",
  ],
  cause: 'Le bilan de santé de la base demandait un port où rien n’écoute. La base allait bien, et restait `unhealthy`.',
  break(copy) {
    const edit = replaceOnce(copy, copy.composeFile, 'pg_isready', 'pg_isready -p 5433');
    return edit && { edits: [edit] };
  },
  shows: ({ database, up }) => up.code !== 0 && database?.health?.status === 'unhealthy',
  remains({ services, names, composeFile }) {
    const complain = (code: string, observed: string, look: string): Complaint => ({
      code,
      observed,
      where: { file: composeFile, service: code === 'health.bypassed' ? names.etl : names.database },
      look,
    });
    const health = services[names.database]?.healthcheck;
    const test = health?.test ?? [];
    if (health === undefined || health.disable || test.length === 0 || test[0] === 'NONE') {
      return complain(
        'health.removed',
        'la base n’a plus de bilan de santé',
        'Un bilan qui se trompe se corrige. Sans lui, plus rien ne dit quand la base est prête.',
      );
    }
    const constant = healthConstant({ test });
    if (constant !== null) {
      return complain(
        'health.cannot-fail',
        `\`${constant}\` répond toujours oui`,
        'Le bilan doit interroger la base, sur le port où elle écoute.',
      );
    }
    if (services[names.etl]?.depends_on[names.database]?.condition === 'service_healthy') return null;
    return complain(
      'health.bypassed',
      `le service \`${names.etl}\` n’attend plus que la base soit en bonne santé`,
      'Remettez `condition: service_healthy` : ce n’est pas l’attente qui était en panne, c’est le bilan.',
    );
  },
  repair: "sed -i 's/ -p 5433//' docker-compose.yml",
  tempting: [
    { name: 'the condition weakened', script: "sed -i 's/service_healthy/service_started/' docker-compose.yml", code: 'health.bypassed' },
    { name: 'a check that always says yes', script: "sed -i 's/- pg_isready.*/- exit 0/' docker-compose.yml", code: 'health.cannot-fail' },
    {
      name: 'no check',
      script:
        "sed -i 's/- CMD-SHELL/- NONE/; /pg_isready/d' docker-compose.yml; sed -i 's/service_healthy/service_started/' docker-compose.yml",
      code: 'health.removed',
    },
  ],
};
