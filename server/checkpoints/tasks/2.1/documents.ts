import { criterion } from '../../criterion.ts';
import { composeServices, theService } from '../../readers/compose/compose-services.ts';
import { stackOf } from '../../readers/container/stack.ts';
import { evidence } from '../../readers/findings.ts';
import { changedSinceBuild } from '../../readers/image/older-image.ts';
import { compareDocuments, type DocumentComparison } from '../../readers/mongodb/compare-documents.ts';
import { COLLECTION, DATABASE, otherCollections, rawDocuments } from '../../readers/mongodb/raw-documents.ts';
import { placeInCode } from '../../readers/python/project-code.ts';
import { sourceOf } from '../../readers/source/read-source.ts';
import { judgeService } from '../../readers/trouble/service-trouble.ts';

const NAME = `${DATABASE}.${COLLECTION}`;
const WRITES = /MongoClient|insert_many|bulk_write|ReplaceOne|UpdateOne/;
const WORK_MS = 45_000;

export const documents = criterion('2.1/documents', {
  needs: ['2.1/service', '2.1/auth'],
  expected: `dans la collection \`${NAME}\`, chaque utilisateur tel que la source le donne, adresse et société imbriquées, écrit par l’ETL`,
  async read(view) {
    const { name } = await theService(view, 'mongodb');
    const { etl } = (await composeServices(view)).of;
    const container = (etl && (await stackOf(view)).of(etl.name)[0]) ?? null;
    const working = container?.state === 'running' && (await view.now()) - container.startedMs < WORK_MS;
    const [{ users }, reading] = await Promise.all([sourceOf(view, container?.env ?? []), rawDocuments(view)]);
    const compared = users === null || 'refused' in reading ? null : compareDocuments(reading, users);
    const few = compared !== null && !working && compared.missing.length > 0;
    const changed = few && container ? (await changedSinceBuild(view, container))[0] : undefined;
    return {
      compared,
      working,
      container,
      refused: 'refused' in reading && reading.refused,
      noSource: users === null,
      trouble: few && etl ? await judgeService(view, etl.name) : null,
      changed,
      others: compared?.count === 0 ? await otherCollections(view) : [],
      code: await placeInCode(view, WRITES),
      where: { service: name, query: `db.${COLLECTION}.find()` },
    };
  },
  where: ({ where, code }) => ({ ...code, ...where }),
  evidence: ({ compared }) => (compared ? [evidence(`db.${COLLECTION}.countDocuments()`, String(compared.count))] : []),
})
  .fault('documents.refused', ({ refused }) => refused, {
    observed: (_, said) => `MongoDB ne laisse pas lire \`${NAME}\` : ${said}`,
    look: 'Vérifiez ce que le compte peut lire, par `docker compose exec mongodb mongosh`',
  })
  .waits('source', ({ noSource }) => noSource, { observed: 'la source de données ne répond pas : rien à quoi comparer les documents' })
  .waits('loading', ({ working, compared }) => working && compared && compared.missing.length > 0, {
    observed: 'l’ETL est encore au travail',
  })
  .blocked('1.4/up', ({ container }) => !container, 'l’ETL n’a pas été lancé')
  .faultOf(({ trouble }) => trouble?.kind === 'fault' && trouble.code.startsWith('etl.mongo') && trouble)
  .blocked('1.4/up', ({ trouble }) => trouble?.kind === 'fault' && trouble, 'l’ETL n’a pas fini son travail')
  .fault('documents.image-older', ({ changed }) => changed, {
    observed: ({ compared }, file) =>
      `${few(compared)}. L’image est plus ancienne que le code : \`${file}\` a changé depuis sa construction`,
    where: ({ where }, file) => ({ ...where, file }),
    look: 'Reconstruisez l’image : sans `--build`, Compose reprend celle qui est là. `docker compose up -d --build`',
  })
  .fault('documents.elsewhere', ({ others }) => others[0], {
    observed: ({ others }) => `\`${NAME}\` est vide ou absente ; il y a ${others.map((one) => `\`${one}\``).join(', ')}`,
    look: `Le brief nomme la base \`${DATABASE}\` et la collection \`${COLLECTION}\`.`,
  })
  .fault('documents.together', ({ compared }) => compared?.together, {
    observed: `un document de \`${NAME}\` contient tous les utilisateurs à la fois`,
    look: 'Écrivez un document par utilisateur : il se cherche, se remplace et s’indexe seul.',
  })
  .fault('documents.missing', ({ compared }) => compared && compared.missing.length > 0 && compared, {
    observed: (_, compared) => few(compared),
    look: 'Suivez ce que l’ETL écrit dans MongoDB : la liste que donne la source, entière, avant la transformation.',
  })
  .fault('documents.flat', ({ compared }) => compared?.flat, {
    observed: (_, { ids, fields }) =>
      `les documents de \`${NAME}\` (id ${ids.slice(0, 3).join(', ')}) n’ont pas ${fields.map((one) => `\`${one}\``).join(', ')} imbriqués : ce ne sont pas les documents bruts`,
    look: 'Écrivez ce que la source a donné, adresse et coordonnées (`address.geo`) comprises, et non la table transformée.',
  })
  .fault('documents.changed', ({ compared }) => compared?.changed, {
    observed: (_, { id, field }) => `le document de l’id ${id} n’a pas, dans \`${field}\`, ce que donne la source`,
    look: 'Un document brut se garde tel quel : vérifiez que la transformation ne change pas la même liste, et que l’ETL a tourné depuis le dernier changement de la source.',
  });

function few(compared: DocumentComparison | null): string {
  const { count, wanted, missing } = compared ?? { count: 0, wanted: 0, missing: [] };
  if (count === 0) return `la collection \`${NAME}\` est vide ou absente ; la source donne ${wanted} utilisateurs`;
  const ids = `${missing.slice(0, 5).join(', ')}${missing.length > 5 ? '…' : ''}`;
  return `\`${NAME}\` a ${count} documents ; la source donne ${wanted} utilisateurs, et ${missing.length} n’y sont pas (id ${ids})`;
}
