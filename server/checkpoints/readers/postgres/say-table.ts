import type { SourceUser } from '../../../../contract/source.ts';
import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { placeInCode } from '../python/project-code.ts';
import type { TableFault } from './table-fault.ts';
import type { UsersTable } from './users-table.ts';

interface Said {
  /** The end of a code: `rows`, `type` … */
  readonly code: string;
  readonly observed: string;
  readonly where: Where;
  readonly look: string;
}

/** A table after a run, and the users that its source gave. */
interface Loaded {
  readonly table: UsersTable | null;
  readonly users: readonly SourceUser[];
}

/** The texts about a table that differs from its source. */
export async function sayFault(view: LabView, fault: TableFault, { table, users }: Loaded): Promise<Said> {
  const rows = table?.count ?? 0;
  const counts = `${lines(rows)} dans \`users_data\` pour ${users.length} utilisateurs à la source`;
  switch (fault.kind) {
    case 'empty':
      return said(
        'empty',
        'la table `users_data` existe et ne contient aucune ligne',
        await placeInCode(view, LOADS),
        'Vérifiez ce que le chargement reçoit, et que la transaction est validée (`commit`, `engine.begin()`).',
      );
    case 'doubled':
      return said(
        'doubled',
        `${counts} : ${fault.distinct} identifiants distincts, des lignes y sont deux fois`,
        await placeInCode(view, LOADS),
        'Videz la table ou remplacez son contenu avant de charger, dans la même transaction.',
      );
    case 'rows':
      return said(
        'rows',
        `${counts}${missing(fault.missing)}${fault.extra.length > 0 ? ` ; en trop : ${ids(fault.extra)}` : ''}`,
        await placeInCode(view, FILTERS, /def transform/),
        'Cherchez ce qui retire ou ajoute des lignes entre la lecture et le chargement.',
      );
    case 'column':
      return said(
        'column',
        `la table \`users_data\` n’a pas de colonne \`${fault.column}\``,
        await placeInCode(view, /columns|colonnes/),
        'La table attend `id`, `name`, `username`, `email`, `phone`, `city`, `zipcode`, `lat`, `lng` et `extracted_at`.',
      );
    case 'type':
      return said(
        'type',
        `la colonne \`${fault.column}\` est de type ${fault.type}, au lieu de ${fault.wanted}${harm(fault.column)}`,
        await placeInCode(view, mentions(fault.column)),
        fault.column === 'zipcode'
          ? 'Gardez `zipcode` en texte : ce n’est pas un nombre que l’on additionne.'
          : `Donnez son type à \`${fault.column}\` avant le chargement.`,
      );
    case 'old':
      return said(
        'extracted-at',
        `\`extracted_at\` vaut « ${fault.found} », alors que le programme vient d’extraire ces lignes`,
        await placeInCode(view, /\bextracted_at\b.*(=|:)/, mentions('extracted_at')),
        'Une date écrite dans le code ne dit pas quand les lignes ont été lues : prenez l’heure du passage, `datetime.now(timezone.utc)`.',
      );
    case 'value':
      return said(
        'value',
        `pour l’utilisateur ${fault.id}, \`${fault.column}\` vaut « ${fault.found} » dans la table et « ${fault.wanted} » à la source`,
        await placeInCode(view, mentions(fault.column)),
        `Suivez \`${fault.column}\` de la source à la table : une étape le change.`,
      );
  }
}

/** Code that removes rows: a comparison in brackets, or a method such as `drop`. */
const FILTERS = /\[.+\s[<>]=?\s.+\]|\.(query|iloc|head|tail|sample|drop|dropna|drop_duplicates|filter)\b/;
const LOADS = /to_sql|INSERT INTO|COPY |executemany|execute\(/i;

function said(code: string, observed: string, where: Where, look: string): Said {
  return { code, observed, where, look };
}

function mentions(column: string): RegExp {
  return new RegExp(`\\b${column}\\b`);
}

function harm(column: string): string {
  return column === 'zipcode' ? ' : un nombre perd ses zéros de tête et son tiret' : '';
}

export function lines(count: number): string {
  return `${count} ligne${count > 1 ? 's' : ''}`;
}

function missing(list: readonly number[]): string {
  return list.length === 0 ? '' : ` ; manque${list.length > 1 ? 'nt' : ''} : ${ids(list)}`;
}

function ids(list: readonly number[]): string {
  return `id ${list.slice(0, 5).join(', ')}${list.length > 5 ? '…' : ''}`;
}
