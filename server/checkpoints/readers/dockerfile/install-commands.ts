import { shellWords } from '../shell/shell-words.ts';
import { splitOutsideQuotes } from '../shell/split-commands.ts';
import type { Instruction } from './model.ts';

/** One command of a RUN that installs packages. */
export interface InstallCommand {
  readonly tool: string;
  /** The lists that it reads, as written: `requirements.txt`. A tool with a lock file of its own names none. */
  readonly lists: readonly string[];
  /** `packages`: named on the command line. `project`: the project itself, `pip install .`. */
  readonly from: 'list' | 'lock' | 'packages' | 'project';
}

/** The subcommands that install, for each tool. `pip config` and `poetry config` install nothing. */
const INSTALLS: Readonly<Record<string, RegExp>> = {
  pip: /^(install|wheel|download|sync)$/,
  'pip-sync': /^/,
  uv: /^sync$/,
  poetry: /^(install|sync|update)$/,
  pipenv: /^(install|sync|update)$/,
  pdm: /^(install|sync|update)$/,
  conda: /^(install|create|update)$/,
};
/** The tool's own options that take a value in a word of its own. */
const WITH_VALUE =
  /^(-[rcetifnp]|--(requirement|constraint|editable|target|index-url|extra-index-url|find-links|file|name|prefix|python|wheel-dir|timeout|group|extra|only|with|without|directory|trusted-host|root|platform))$/;
/** What installs, and is not what the project needs. */
const INSTALLERS = /^(pip|setuptools|wheel|uv|poetry|pipenv|pdm|pip-tools|build|virtualenv)([\s=<>~![]|$)/;
const LOCKED = ['uv', 'poetry', 'pipenv', 'pdm'];

/** The commands of a RUN that install what the project needs. Upgrading pip, or installing another installer, does not count. */
export function installCommands({ keyword, text, json }: Instruction): InstallCommand[] {
  if (keyword !== 'RUN') return [];
  const shell = json?.at(-2)?.endsWith('c') ? json.at(-1) : null;
  const commands = json && shell === null ? [[...json]] : splitOutsideQuotes(shell ?? text, ['&&', '||', ';', '|', '\n']).map(shellWords);
  return commands.map(readInstall).filter((command) => command !== null);
}

function readInstall(words: readonly string[]): InstallCommand | null {
  const start = words.findIndex((word) => toolOf(word) !== null);
  const tool = toolOf(words[start] ?? '');
  // A tool that is itself an argument, as in `pip install poetry` or `apt-get install pip`, is found behind its installer.
  if (tool === null || words.slice(0, start).some((word) => word === 'install')) return null;
  const rest = words.slice(start + 1).filter((word) => word !== 'env');
  const [own, subcommand] = tool === 'uv' && rest[0] === 'pip' ? ['pip', rest.slice(1)] : [tool, rest];
  const at = subcommand.findIndex((word) => !word.startsWith('-'));
  if (own !== 'pip-sync' && !INSTALLS[own]?.test(subcommand[at] ?? '')) return null;
  const { lists, packages } = readArguments(own === 'pip-sync' ? subcommand : subcommand.slice(at + 1), own);
  if (lists.length > 0) return { tool: own, lists, from: 'list' };
  if (packages.some(isProject)) return { tool: own, lists, from: 'project' };
  const needed = packages.filter((name) => !INSTALLERS.test(name));
  if (needed.length > 0) return { tool: own, lists, from: 'packages' };
  return packages.length === 0 && LOCKED.includes(own) ? { tool: own, lists, from: 'lock' } : null;
}

function toolOf(word: string): string | null {
  const name = word.replace(/^.*\//, '');
  if (/^pip[\d.]*$/.test(name)) return 'pip';
  if (/^(mamba|micromamba)$/.test(name)) return 'conda';
  return name in INSTALLS ? name : null;
}

function readArguments(words: readonly string[], tool: string): { lists: string[]; packages: string[] } {
  const lists: string[] = [];
  const packages: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const joined = /^(?:-r|--requirement=|--file=)(.+)$/.exec(word)?.[1];
    if (joined !== undefined) lists.push(joined.replace(/^=/, ''));
    else if (/^(-r|--requirement|-f|--file)$/.test(word) && (tool === 'conda' || !/^(-f|--file)$/.test(word)))
      lists.push(words[++at] ?? '');
    else if (/^(-e|--editable)$/.test(word)) packages.push(words[++at] ?? '');
    else if (WITH_VALUE.test(word)) at += 1;
    else if (!/^(-|\d?>)/.test(word)) (tool === 'pip-sync' ? lists : packages).push(word);
  }
  return { lists, packages };
}

function isProject(name: string): boolean {
  return /^(\.{1,2}(\/.*)?|\/app\/?)(\[.*\])?$/.test(name) && !/\.(whl|tar\.gz|zip)$/.test(name);
}
