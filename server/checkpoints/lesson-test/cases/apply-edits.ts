import { EscaleError } from '../../../errors/escale-error.ts';
import { type Edit, textOf } from './case-schema.ts';

/** The file's text with all edits made at once: each is sought in the text as it was, so that their order does not matter. `name`: the case's. */
export function applyEdits(text: string, edits: readonly Edit[], name: string): string {
  const found = edits.map((edit) => ({ ...place(text, edit, name), edit })).sort((one, other) => one.start - other.start);
  let result = '';
  let end = 0;
  for (const { start, sought, edit } of found) {
    if (start < end) throw overlapping(edit, sought, name);
    result += text.slice(end, start) + textOf(edit.with);
    end = start + sought.length;
  }
  return result + text.slice(end);
}

function place(text: string, edit: Edit, name: string): { start: number; sought: string } {
  const sought = textOf(edit.replace);
  const start = text.indexOf(sought);
  if (start < 0) {
    throw new EscaleError('usage', 'case.edit-absent', {
      message: `Le cas ${name} remplace dans « ${edit.file} » un texte qui n’y est pas :\n${sought}`,
      hint: 'Recopiez le passage tel qu’il est dans la solution de la tâche, espaces compris.',
    });
  }
  if (text.indexOf(sought, start + 1) >= 0) {
    throw new EscaleError('usage', 'case.edit-ambiguous', {
      message: `Le cas ${name} remplace dans « ${edit.file} » un texte qui y est plusieurs fois :\n${sought}`,
      hint: 'Ajoutez à « replace » et à « with » une ligne voisine, pour que le passage ne se trouve qu’à un endroit.',
    });
  }
  return { start, sought };
}

function overlapping(edit: Edit, sought: string, name: string): EscaleError {
  return new EscaleError('usage', 'case.edits-overlap', {
    message: `Le cas ${name} modifie deux fois le même passage de « ${edit.file} » :\n${sought}`,
    hint: 'Réunissez ces deux modifications en une seule.',
  });
}
