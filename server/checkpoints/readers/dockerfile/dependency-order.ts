import { shellWords } from '../shell/shell-words.ts';
import { imageOfStage } from './final-image.ts';
import type { DockerfileModel, Instruction } from './model.ts';

export type DependencyOrder =
  | { readonly state: 'no-install' }
  | { readonly state: 'code-first'; readonly copy: Instruction; readonly install: Instruction }
  | { readonly state: 'list-missing'; readonly install: Instruction }
  | { readonly state: 'dependencies-first'; readonly install: Instruction; readonly config: Instruction | null };

const INSTALL = /\b(pip3?|uv|poetry|pipenv|pdm|conda|mamba)\b[^&|;]*\b(install|sync|wheel|update|create)\b/;
/** Files that say which packages to install, and what the installer needs to reach them. */
const LISTS =
  /^(.*requirements[^/]*|requirements\/?|constraints[^/]*|pyproject\.toml|setup\.(py|cfg)|uv\.lock|poetry\.lock|pdm\.lock|pipfile(\.lock)?|pip\.conf|environment\.ya?ml|wheels?\/?.*|.*\.(whl|crt|pem|lock|toml|txt|in))$/i;
const CODE = /^(\.|\*|\.\/\*|src\/?.*|app\/?|.*\.py|\*\*.*)$/i;

/** Whether code is copied before the dependencies are installed, in whichever stage installs them. */
export function dependencyOrder(model: DockerfileModel): DependencyOrder {
  let found: DependencyOrder = { state: 'no-install' };
  for (const [index] of model.stages.entries()) {
    const instructions = imageOfStage(model, index)?.instructions ?? [];
    const at = instructions.findIndex(installsDependencies);
    const install = instructions[at];
    if (!install) continue;
    const copies = instructions.slice(0, at).filter(copiesFromContext);
    const code = copies.find((copy) => sources(copy).some((source) => CODE.test(source) && !LISTS.test(source)));
    if (code) return { state: 'code-first', copy: code, install };
    if (readsList(install) && copies.length === 0 && !bringsList(install, instructions.slice(0, at)))
      return { state: 'list-missing', install };
    const config = copies.find((copy) => sources(copy).some((source) => !LISTS.test(source))) ?? null;
    if (found.state === 'no-install') found = { state: 'dependencies-first', install, config };
  }
  return found;
}

/** Upgrading pip itself does not install what the project needs. */
function installsDependencies({ keyword, text }: Instruction): boolean {
  if (keyword !== 'RUN') return false;
  return text
    .split(/&&|;|\n/)
    .some((command) => INSTALL.test(command) && !/install\s+(-\S+\s+)*(pip|setuptools|wheel|uv|poetry|pipenv)(\s|[=<>~]|$)/.test(command));
}

function copiesFromContext({ keyword, flags }: Instruction): boolean {
  return (keyword === 'COPY' || keyword === 'ADD') && !flags.has('from');
}

function sources(copy: Instruction): string[] {
  const words = [...(copy.json ?? shellWords(copy.text))];
  return words.slice(0, -1).map((word) => word.replace(/^\.\/(?=.)/, '').replace(/^\/+(?=.)/, ''));
}

function readsList({ text }: Instruction): boolean {
  return /\s(-r|--requirement)[\s=]/.test(text);
}

function bringsList(install: Instruction, before: readonly Instruction[]): boolean {
  return install.flags.has('mount') || before.some(({ keyword, heredoc }) => keyword === 'COPY' || keyword === 'ADD' || heredoc);
}
