import { shellWords } from '../shell/shell-words.ts';
import { imageOfStage } from './final-image.ts';
import { type InstallCommand, installCommands } from './install-commands.ts';
import type { DockerfileModel, Instruction } from './model.ts';
import { substitute, variablesOf } from './variables.ts';

export type DependencyOrder =
  | { readonly state: 'no-install' }
  | { readonly state: 'code-first'; readonly copy: Instruction; readonly install: Instruction }
  | { readonly state: 'list-missing'; readonly install: Instruction }
  | { readonly state: 'dependencies-first'; readonly install: Instruction; readonly config: Instruction | null };

/** Files that list the packages to install, or configure the installer. */
const LISTS =
  /^(.*requirements[^/]*|requirements\/?|constraints[^/]*|pyproject\.toml|setup\.(py|cfg)|uv\.lock|poetry\.lock|pdm\.lock|pipfile(\.lock)?|pip\.conf|environment\.ya?ml|wheels?\/?.*|.*\.(whl|crt|pem|lock|toml|txt|in))$/i;
/** What is code whatever the project contains. */
const CODE = /^(\.|\*|\.\/\*|src\/?.*|app\/?|.*\.py|\*\*.*)$/i;

/** Whether code is copied before the dependencies are installed, in the stage that installs them. `code`: the project's Python files. */
export function dependencyOrder(model: DockerfileModel, code: readonly string[] = []): DependencyOrder {
  let found: DependencyOrder = { state: 'no-install' };
  for (const [index] of model.stages.entries()) {
    const instructions = imageOfStage(model, index)?.instructions ?? [];
    const installs = instructions.filter((instruction) => installCommands(instruction).length > 0);
    const install = installs.find(readsList) ?? installs[0];
    if (!install) continue;
    const sources = sourcesIn(instructions);
    const copies = instructions.filter((one) => sources.has(one));
    const copy = copies.find((one) => sources.get(one)?.some((source) => isCode(source, code)));
    const late = copy && lateInstall(instructions.slice(0, instructions.indexOf(copy)), instructions.slice(instructions.indexOf(copy)));
    if (copy && late) return { state: 'code-first', copy, install: late };
    const before = instructions.slice(0, instructions.indexOf(install));
    if (readsList(install) && !bringsList(install, before)) return { state: 'list-missing', install };
    const config = copies.find((one) => before.includes(one) && sources.get(one)?.some((source) => !LISTS.test(source))) ?? null;
    if (found.state === 'no-install') found = { state: 'dependencies-first', install, config };
  }
  return found;
}

/** The first install after the code that installs something else than what was already there. */
function lateInstall(before: readonly Instruction[], after: readonly Instruction[]): Instruction | null {
  const done = before.flatMap(installCommands);
  return after.find((instruction) => installCommands(instruction).some((command) => !isDone(command, done))) ?? null;
}

/** `pip install .` after the list, or a list that was installed before: the dependencies are there already. */
function isDone(command: InstallCommand, done: readonly InstallCommand[]): boolean {
  if (command.from === 'project' || command.from === 'packages') return done.some(({ from }) => from === 'list' || from === 'lock');
  return done.some(
    ({ tool, from, lists }) => tool === command.tool && from === command.from && command.lists.every((list) => lists.includes(list)),
  );
}

function readsList(instruction: Instruction): boolean {
  return installCommands(instruction).some(({ from }) => from === 'list' || from === 'lock');
}

function isCode(source: string, code: readonly string[]): boolean {
  if (LISTS.test(source)) return false;
  if (CODE.test(source)) return true;
  const literal = source.replace(/\/+$/, '').replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${literal.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}(/|$)`);
  return code.some((path) => pattern.test(path));
}

/** What each COPY and ADD takes from the project, with the variables that are known. */
function sourcesIn(instructions: readonly Instruction[]): Map<Instruction, string[]> {
  const variables = new Map<string, string>();
  const sources = new Map<Instruction, string[]>();
  for (const instruction of instructions) {
    for (const [name, value] of variablesOf(instruction)) variables.set(name, value);
    const { keyword, flags, json, text, heredoc } = instruction;
    if ((keyword !== 'COPY' && keyword !== 'ADD') || flags.has('from') || heredoc) continue;
    const words = [...(json ?? shellWords(text))].slice(0, -1).map((word) => substitute(word, variables));
    sources.set(
      instruction,
      words.map((word) => word.replace(/^\.\/(?=.)/, '').replace(/^\/+(?=.)/, '')),
    );
  }
  return sources;
}

function bringsList(install: Instruction, before: readonly Instruction[]): boolean {
  return install.flags.has('mount') || before.some(({ keyword, heredoc }) => keyword === 'COPY' || keyword === 'ADD' || heredoc);
}
