import { EscaleError } from '../../../errors/escale-error.ts';
import type { TrialView } from '../../definitions.ts';

const MOST_BYTES = 64 * 1024 * 1024;
const COPY_MS = 120_000;
const TOO_LARGE = 3;

/**
 * Lists what the learner can read of the project, each path ended by a zero, without `.git`, installed packages, folders of
 * databases, and what a run writes (`data/`, `logs/`).
 */
export const COPIED = `find . -mindepth 1 \\
  '(' -type d '(' -name .git -o -name .venv -o -name venv -o -name env -o -name node_modules -o -name __pycache__ ')' -prune ')' -o \\
  '(' -type d '(' ! -readable -o ! -executable ')' -prune ')' -o \\
  '(' -type d -exec test -e '{}/PG_VERSION' ';' -prune ')' -o \\
  '(' -type f ! -name '.*' '(' -path './logs/*' -o -path './data/raw/*' -o -path './data/processed/*' ')' ')' -o \\
  '(' '(' -type d -o -type l -o -type f -readable ')' -print0 ')'`;

/** Like a fresh clone, the copy belongs to the learner, and its folders are writable. */
const SCRIPT = `
set -u
mkdir -p -m 755 "$0/project"
${COPIED} |
  tar -c --null --no-recursion --verbatim-files-from -T - 2>/dev/null | head -c "$1" | tar -x -C "$0/project" 2>/dev/null
[ "\${PIPESTATUS[1]}" -ne 141 ] || exit ${TOO_LARGE}
chmod -R u+rwX "$0/project"
`;

/** Copies the project into the folder `project` of the trial's folder. */
export async function copyProject(view: TrialView, folder: string): Promise<void> {
  const copied = await view.run(['bash', '-c', SCRIPT, folder, String(MOST_BYTES)], { timeoutMs: COPY_MS });
  if (copied.code === 0) return;
  const large = copied.code === TOO_LARGE || copied.timedOut;
  throw new EscaleError('unavailable', 'trial.copy', {
    message: large
      ? 'Le projet est trop gros pour l’essai, qui en fait une copie : plus de 64 Mo.'
      : `Le projet n’a pas pu être copié pour l’essai : ${copied.stderr.trim().slice(-300)}`,
    hint: 'Retirez du dossier ce qui n’est pas du projet (jeux de données, archives), puis relancez l’essai.',
  });
}
