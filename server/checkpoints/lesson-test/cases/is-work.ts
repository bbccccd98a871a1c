import type { Project } from '../../../projects/project.ts';

/** What programs make beside what the learner writes, whatever the folder. */
const MADE = ['__pycache__', '.pytest_cache', '.ruff_cache', '.mypy_cache', '.ipynb_checkpoints', '.git', '.venv', 'venv', 'node_modules'];
/** Where the pipeline writes: its files are left out, the folders themselves are the learner's. */
const OUTPUT = /^(data|logs)\/.*\.\w+$/;
/** Names that mean something else in the folder of a case. */
const RESERVED = ['case.json', 'facts.json', '.remove'];

/** Whether a path of a lab's project belongs to a case: not what a program made, unless the solution has it too. */
export function isWork(path: string, solution: Project): boolean {
  if (solution.has(path)) return true;
  const made = path.split('/').some((name) => MADE.includes(name) || name.endsWith('.pyc'));
  return !made && !OUTPUT.test(path) && !RESERVED.includes(path);
}
