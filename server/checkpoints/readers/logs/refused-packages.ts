import type { Where } from '../../../../contract/verdict.ts';

const ABSENT = /No matching distribution found for (\S+)/;
const CONFLICT = /ResolutionImpossible|conflicting dependencies/;

/** Why `pip install` failed, from what the build says. */
export function refusedPackages(output: string): { observed: string; where: Where } {
  const absent = ABSENT.exec(output)?.[1];
  const where = { file: 'requirements.txt' };
  if (absent !== undefined) return { observed: `pip ne trouve pas \`${absent}\``, where };
  if (CONFLICT.test(output)) return { observed: 'pip ne peut pas réunir ces versions : elles s’excluent', where };
  const cause = output.split('\n').findLast((line) => /error/i.test(line)) ?? output.trim().split('\n').at(-1) ?? '';
  return {
    observed: `l’installation des paquets échoue : ${cause
      .replace(/^#\d+ [\d.]+ /, '')
      .trim()
      .slice(0, 300)}`,
    where,
  };
}
