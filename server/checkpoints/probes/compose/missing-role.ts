import type { Finding } from '../../definitions.ts';
import { cannotTell } from '../findings.ts';
import type { Roles } from './roles.ts';

const ROLES = {
  database: { id: '1.4/postgres', observed: 'le fichier Compose n’a pas de service PostgreSQL', title: 'le service PostgreSQL' },
  etl: {
    id: '1.4/etl-service',
    observed: 'le fichier Compose n’a pas de service construit depuis votre Dockerfile',
    title: 'le service ETL',
  },
};

/** What a criterion says of a service that is not there at all: the criterion of that service names the cause. */
export function missingRole({ project }: Roles, role: keyof typeof ROLES): Finding {
  const { id, observed, title } = ROLES[role];
  const look = `Réglez d’abord ${title}.`;
  return cannotTell(`blocked.${id}`, { expected: `d’abord : ${title}`, observed, where: { file: project.files[0] ?? '' }, look });
}
