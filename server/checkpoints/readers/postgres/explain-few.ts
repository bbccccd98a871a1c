import type { Diagnosis, Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { changedSinceBuild } from '../image/older-image.ts';
import type { AbsentTable, ComparedTable } from './loaded-rows.ts';
import { TABLE } from './users-table.ts';

type Explained = Omit<Diagnosis, 'expected'>;
const PIPELINE = 'etl_pipeline.py';

/** Why users of the source are not in the table: the earliest visible cause in the pipeline. */
export async function explainFew(view: LabView, loaded: AbsentTable | ComparedTable, where: Where): Promise<Explained> {
  const few = howFew(loaded);
  const ended = howItEnded(loaded);
  const changed = loaded.etl ? await changedSinceBuild(view, loaded.etl) : [];
  if (changed.length > 0) {
    const files = changed.map((file) => `\`${file}\``).join(', ');
    const observed = `${few}${ended}. L’image est plus ancienne que le code : ${files} a changé depuis sa construction`;
    const look = 'Reconstruisez l’image : sans `--build`, Compose reprend celle qui est là. `docker compose up -d --build`';
    return { code: 'rows.image-older', observed, where: { ...where, file: changed[0] ?? '' }, look };
  }
  const elsewhere = loaded.state === 'absent' ? placedElsewhere(loaded) : null;
  if (elsewhere) return { ...elsewhere, observed: `${few} ; ${elsewhere.observed}`, where };
  if (loaded.sourceStatus !== null) {
    const answer = loaded.sourceStatus === 0 ? 'rien ne répond' : `la source répond ${loaded.sourceStatus}`;
    const observed = `${few}${ended}. À l’adresse de son \`SOURCE_API_URL\`, ${answer}`;
    const look = `Corrigez l’adresse dans \`.env\` ; et un échec doit se voir : \`${PIPELINE}\` doit sortir avec un code autre que 0.`;
    return { code: 'rows.source-refuses', observed, where: { ...where, file: PIPELINE }, look };
  }
  const code = loaded.state === 'absent' ? 'rows.absent' : loaded.comparison.count === 0 ? 'rows.empty' : 'rows.missing';
  const look =
    code === 'rows.missing'
      ? 'Suivez une de ces lignes, de `data/raw/` à `data/processed/` : la transformation ou le chargement l’écarte.'
      : `Suivez \`${PIPELINE}\` jusqu’au chargement : rien n’arrive dans la table, ou le programme vise une autre base.`;
  return { code, observed: `${few}${ended}`, where: { ...where, ...(code === 'rows.missing' ? {} : { file: PIPELINE }) }, look };
}

function howItEnded({ etl }: AbsentTable | ComparedTable): string {
  if (etl?.state === 'exited') return `, alors que l’ETL s’est terminé avec le code ${etl.exitCode}`;
  return etl?.state === 'running' ? ', alors que l’ETL tourne depuis un moment' : '';
}

function howFew(loaded: AbsentTable | ComparedTable): string {
  const { database } = loaded.account;
  if (loaded.state === 'absent') return `la table \`${TABLE}\` est absente de la base \`${database}\` : elle n’existe pas`;
  const { count, wanted, missing } = loaded.comparison;
  if (count === 0) return `la table \`${TABLE}\` existe, sans aucune ligne ; la source donne ${wanted} utilisateurs`;
  const ids = `${missing.slice(0, 5).join(', ')}${missing.length > 5 ? '…' : ''}`;
  return `\`${TABLE}\` a ${count} lignes ; la source donne ${wanted} utilisateurs, et ${missing.length} n’y sont pas (id ${ids})`;
}

function placedElsewhere({ schemas, databases, account }: AbsentTable): { code: string; observed: string; look: string } | null {
  const [schema] = schemas;
  if (schema) {
    const look = `\`SELECT * FROM ${TABLE}\` cherche dans le schéma \`public\` : chargez-la là, ou réglez le \`search_path\` du compte.`;
    return { code: 'rows.other-schema', observed: `une table de ce nom est dans le schéma \`${schema}\``, look };
  }
  const [database] = databases;
  if (!database) return null;
  const look = `L’adresse donnée à l’ETL doit finir par \`/${account.database}\`, la base de \`POSTGRES_DB\`.`;
  return { code: 'rows.other-database', observed: `une table de ce nom est dans la base \`${database}\``, look };
}
