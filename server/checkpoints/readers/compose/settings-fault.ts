import { baseName } from './fault-places.ts';
import type { ComposeFault } from './model.ts';

/** The file of variables that Compose says it cannot read, as the message names it. Null if its message is about something else. */
export function refusedSettings(stderr: string): string | null {
  return /failed to read (\S+): /.exec(stderr)?.[1] ?? null;
}

/**
 * The fault of a file of variables that Compose refuses. Compose names another line for a quote that is never closed, and quotes the
 * value, which may be a secret: so the file itself is read. `text`: null if it cannot be read.
 */
export function faultOfSettings(path: string, text: string | null, stderr: string): ComposeFault {
  const file = baseName(path);
  const fault = (line: number | null, what: string, look: string) => ({ code: 'compose.env-file', file, line, what, look });
  for (const [index, line] of (text ?? '').split(/\r?\n/).entries()) {
    const found = faultOfLine(line);
    if (found) return fault(index + 1, found.what, found.look);
  }
  const line = Number(/: line (\d+):/.exec(stderr)?.[1] ?? 0) || null;
  return fault(line, `Compose ne sait pas lire \`${file}\``, 'Une ligne est `NOM=valeur` ; un commentaire commence par `#`.');
}

function faultOfLine(line: string): { what: string; look: string } | null {
  if (/^\s*(#|$)/.test(line)) return null;
  const [, name = '', sign = '', value = ''] = /^\s*(?:export\s+)?([^=:]*)([=:]?)(.*)$/.exec(line) ?? [];
  if (/\s/.test(name.trim())) {
    // Without a sign, the words may be a value.
    const what = sign
      ? `\`${name.trim()}\` contient un espace : ce n’est pas un nom de variable`
      : 'cette ligne contient un espace et pas de `=`';
    const look = sign
      ? `Écrivez-le d’un seul mot : \`${name.trim().replace(/\s+/g, '_')}=…\`.`
      : 'Une ligne est `NOM=valeur`, sans espace dans le nom.';
    return { what, look };
  }
  if (name.trim() === '') return { what: 'il n’y a pas de nom devant le `=`', look: 'Une ligne est `NOM=valeur`.' };
  const quote = /^\s*(["'])/.exec(value)?.[1];
  if (quote && !closes(value.trim().slice(1), quote))
    return {
      what: `la valeur de \`${name.trim()}\` ouvre un guillemet que rien ne ferme`,
      look: `Fermez-la par \`${quote}\`, ou retirez le premier guillemet.`,
    };
  if (quote !== "'" && /\$\{[^}]*$|\$\{\s*\}/.test(value))
    return {
      what: `la valeur de \`${name.trim()}\` contient \`\${\`, qui commence une variable et ne la termine pas`,
      look: "Mettez la valeur entre apostrophes : `NOM='valeur'`. Un `$` y reste tel quel.",
    };
  return null;
}

/** Whether a quote ends on the same line. A backslash before it keeps it open. */
function closes(rest: string, quote: string): boolean {
  return new RegExp(`(^|[^\\\\])(\\\\\\\\)*${quote}`).test(rest);
}
