import { SetupError } from './setup-error.mjs';

const MODES = /** @type {const} */ (['auto', 'never']);

/**
 * `ESCALE_SETUP`: `auto`, as when it is not set, installs and starts what is missing; `never` touches nothing outside the project folder.
 * Every command that prepares the machine reads it before anything else.
 * @returns {'auto' | 'never'}
 */
export function setupMode() {
  const said = process.env.ESCALE_SETUP || 'auto';
  const mode = MODES.find((one) => one === said);
  if (mode !== undefined) return mode;
  throw new SetupError(`La variable ESCALE_SETUP vaut « ${said} », qu’Escale ne connaît pas.`, {
    why: 'Valeurs possibles : « auto » (installer et démarrer ce qui manque) ou « never » (ne rien installer ni démarrer sur cette machine).',
    mend: 'Donnez-lui l’une des deux, ou retirez-la (« unset ESCALE_SETUP »), ce qui vaut « auto ».',
    exitStatus: 64,
  });
}
