import type { Criterion } from '../../definitions.ts';
import { missingRole } from '../../probes/compose/missing-role.ts';
import type { ComposeModel } from '../../probes/compose/model.ts';
import { placeOf } from '../../probes/compose/read-compose.ts';
import { composeRoles } from '../../probes/compose/roles.ts';
import { met, notMet } from '../../probes/findings.ts';

const expected = 'un service ETL qui attend que la base soit saine : `depends_on` avec `condition: service_healthy`';

export const dependsOn: Criterion = {
  id: '1.4/depends-on',
  needs: ['1.4/compose'],
  async judge(view) {
    const roles = await composeRoles(view);
    const { project, etl, database } = roles;
    if (!database) return missingRole(roles, 'database');
    if (!etl) return missingRole(roles, 'etl');
    if (waitsFor(project.model, etl.name, database.name)) return met();
    const condition = etl.service.depends_on[database.name]?.condition;
    const where = placeOf(project, etl.name, 'depends_on', ...(condition ? [database.name, 'condition'] : []));
    const form = `Sous \`depends_on\` de \`${etl.name}\`, écrivez \`${database.name}:\`, puis \`condition: service_healthy\`.`;
    if (!condition) {
      const observed = `le service \`${etl.name}\` n’a pas de \`depends_on\` qui nomme \`${database.name}\` : il démarre sans attendre`;
      return notMet('depends-on.absent', { expected, observed, where, look: form });
    }
    if (condition === 'service_completed_successfully') {
      const observed = `\`${etl.name}\` attend que \`${database.name}\` se termine : une base ne se termine jamais`;
      return notMet('depends-on.completed', { expected, observed, where, look: form });
    }
    const observed = `\`depends_on\` de \`${etl.name}\` attend seulement que le conteneur de \`${database.name}\` soit lancé (\`service_started\`), sans la condition \`service_healthy\``;
    return notMet('depends-on.no-condition', { expected, observed, where, look: form });
  },
};

/** Straight, or through a service that itself waits. */
function waitsFor(model: ComposeModel, from: string, to: string, seen: readonly string[] = []): boolean {
  const needs = Object.entries(model.services[from]?.depends_on ?? {});
  return needs.some(([name, { condition }]) => {
    if (name === to) return condition === 'service_healthy';
    return condition !== 'service_started' && !seen.includes(name) && waitsFor(model, name, to, [...seen, from]);
  });
}
