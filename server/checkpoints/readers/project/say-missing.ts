import type { Diagnosis } from '../../../../contract/verdict.ts';
import { PROJECT } from './project-folder.ts';
import type { Missing } from './read-places.ts';

/** The diagnosis for the first missing path, which also names the others. Null if nothing is missing. `make`: how to create a missing path. */
export function sayMissing(missing: readonly Missing[], make: string): Omit<Diagnosis, 'expected'> | null {
  const first = missing.find(({ state }) => state !== 'absent') ?? missing[0];
  if (first === undefined) return null;
  const others = missing.filter((one) => one !== first).map(({ path }) => `\`${path}\``);
  const rest = others.length > 0 ? ` ; manquent aussi : ${others.join(', ')}` : '';
  switch (first.state) {
    case 'absent':
      return {
        code: 'project.absent',
        observed:
          missing.length === 1 ? `\`${first.path}\` est absent` : `absents : ${missing.map(({ path }) => `\`${path}\``).join(', ')}`,
        where: { file: first.kind === 'folder' ? `${first.path}/` : first.path },
        look: make,
      };
    case 'misnamed':
      return {
        code: 'project.misnamed',
        observed: `pas de \`${first.path}\`, mais \`${first.found}\`${rest}`,
        where: { file: first.found },
        look: `Les noms sont exacts, majuscules et extension comprises : \`mv '${first.found}' ${first.path}\``,
      };
    case 'misplaced':
      return {
        code: 'project.misplaced',
        observed: `\`${first.path}\` est absent de sa place ; un fichier de ce nom est en \`${first.found}\`${rest}`,
        where: { file: first.found },
        look: `Déplacez-le : \`mv '${first.found}' ${first.path}\``,
      };
    case 'other-kind':
      return {
        code: 'project.other-kind',
        observed: `\`${first.path}\` existe, mais n’est pas ${/\.\w+$|file$/.test(first.path) ? 'un fichier' : 'un dossier'}${rest}`,
        where: { file: first.path },
        look: 'Un dossier créé par erreur à la place d’un fichier se retire par `rmdir`, puis `touch` crée le fichier.',
      };
  }
}

/** The diagnosis if the project's folder itself is gone. It may have been made again elsewhere, where its files do not count. */
export function sayGone(terminal: string): Omit<Diagnosis, 'expected'> {
  return {
    code: 'project.gone',
    observed: `le dossier du projet, \`${PROJECT}\`, n’existe plus${terminal && ` ; ${terminal}`}`,
    where: {},
    look: `Refaites-le et allez-y : \`mkdir -p ${PROJECT} && cd ${PROJECT}\``,
  };
}
