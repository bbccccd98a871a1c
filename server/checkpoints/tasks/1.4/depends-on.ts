import { criterion } from '../../criterion.ts';
import { theService } from '../../readers/compose/compose-services.ts';
import type { ComposeModel } from '../../readers/compose/model.ts';
import { placeOf, readableCompose } from '../../readers/compose/read-compose.ts';

export const dependsOn = criterion('1.4/depends-on', {
  needs: ['1.4/compose'],
  expected: 'un service ETL qui attend que la base soit saine : `depends_on` avec `condition: service_healthy`',
  async read(view) {
    const project = await readableCompose(view);
    const base = (await theService(view, 'postgres')).name;
    const { name: etl, service } = await theService(view, 'etl');
    const condition = service.depends_on[base]?.condition;
    const where = placeOf(project, etl, 'depends_on', ...(condition ? [base, 'condition'] : []));
    return { etl, base, condition, where, waits: waitsFor(project.model, etl, base) };
  },
  where: ({ where }) => where,
})
  .fault('depends-on.absent', ({ waits, condition }) => !waits && !condition, {
    observed: ({ etl, base }) => `le service \`${etl}\` n’a pas de \`depends_on\` qui nomme \`${base}\` : il démarre sans attendre`,
    look: form,
  })
  .fault('depends-on.completed', ({ waits, condition }) => !waits && condition === 'service_completed_successfully', {
    observed: ({ etl, base }) => `\`${etl}\` attend que \`${base}\` se termine : une base ne se termine jamais`,
    look: form,
  })
  .fault('depends-on.no-condition', ({ waits }) => !waits, {
    observed: ({ etl, base }) =>
      `\`depends_on\` de \`${etl}\` attend seulement que le conteneur de \`${base}\` soit lancé (\`service_started\`), sans la condition \`service_healthy\``,
    look: form,
  });

function form({ etl, base }: { etl: string; base: string }): string {
  return `Sous \`depends_on\` de \`${etl}\`, écrivez \`${base}:\`, puis \`condition: service_healthy\`.`;
}

/** Straight, or through a service that itself waits. */
function waitsFor(model: ComposeModel, from: string, to: string, seen: readonly string[] = []): boolean {
  const needs = Object.entries(model.services[from]?.depends_on ?? {});
  return needs.some(([name, { condition }]) => {
    if (name === to) return condition === 'service_healthy';
    return condition !== 'service_started' && !seen.includes(name) && waitsFor(model, name, to, [...seen, from]);
  });
}
