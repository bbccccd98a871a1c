import type { Project } from '../../../projects/project.ts';

/** What programs create, in any folder. */
const MADE = ['__pycache__', '.pytest_cache', '.ruff_cache', '.mypy_cache', '.ipynb_checkpoints', '.git', '.venv', 'venv', 'node_modules'];
/** Files that the pipeline writes. The folders themselves belong to the learner's work. */
const OUTPUT = /^(data|logs)\/.*\.\w+$/;
/** Names with a special meaning in the folder of a case. */
const RESERVED = ['case.json', 'facts.json', '.remove'];

/** Whether a path of a lab's project belongs into a case: what programs created does not, unless the solution contains it. */
export function isWork(path: string, solution: Project): boolean {
  if (solution.has(path)) return true;
  const made = path.split('/').some((name) => MADE.includes(name) || name.endsWith('.pyc'));
  return !made && !OUTPUT.test(path) && !RESERVED.includes(path);
}
