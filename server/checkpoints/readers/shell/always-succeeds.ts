import { shellWords } from './shell-words.ts';
import { splitOutsideQuotes } from './split-commands.ts';

const COMPOUND = /^\s*(if|for|while|until|case|\(|\{|!)|\$\(|`/;
const CONSTANT = ['true', ':', 'echo', 'printf', 'date', 'uptime', 'whoami', 'pwd', 'hostname', 'sleep', 'id'];
const PYTHON = /^(\S*\/)?python[\d.]*$/;
const PYTHON_CONSTANT = [
  /^(import|from)\s+(sys|os|time|logging|datetime|platform)\b.*$/,
  /^(sys\.exit|exit|quit|os\._exit|raise SystemExit)\s*\(?\s*(0|None)?\s*\)?$/,
  /^(print|logging\.\w+)\s*\([^()]*\)$/,
  /^(pass|True|None|\d+)$/,
  /^$/,
];

/** The part of a shell's command that makes it succeed whatever happens, or null when it can fail as far as reading tells. */
export function alwaysSucceeds(command: string): string | null {
  if (COMPOUND.test(command)) return null;
  const last = splitOutsideQuotes(command, [';', '\n']).findLast((part) => part !== '') ?? '';
  const alternatives = splitOutsideQuotes(last, ['||']);
  for (const alternative of alternatives) {
    const steps = splitOutsideQuotes(alternative, ['&&']).map((step) => constant(splitOutsideQuotes(step, ['|']).at(-1) ?? ''));
    const sure = steps.every((step) => step !== null);
    if (sure) return steps.at(-1) ?? null;
  }
  return null;
}

/** The same for a command in exec form. */
export function argvAlwaysSucceeds(argv: readonly string[]): string | null {
  const [program = '', flag, code] = argv;
  if (/\/?(ba|da|a)?sh$/.test(program) && flag?.startsWith('-') && flag.endsWith('c')) return alwaysSucceeds(code ?? '');
  return constantWords(argv);
}

function constant(step: string): string | null {
  return COMPOUND.test(step) || /[<>]/.test(step.replace(/2?>&?\s*(\/dev\/null|\d)/g, '')) ? null : constantWords(shellWords(step));
}

function constantWords(words: readonly string[]): string | null {
  const [program = '', argument = '', code] = words.filter((word) => !/^\d?>/.test(word));
  if (program === '') return null;
  if (CONSTANT.includes(program.replace(/^(\/usr)?\/bin\//, ''))) return program;
  if (program === 'exit') return argument === '' || argument === '0' ? `exit ${argument}`.trim() : null;
  if (!PYTHON.test(program)) return null;
  if (argument === '--version' || argument === '-V') return `${program} ${argument}`;
  return argument === '-c' && code !== undefined && isConstantPython(code) ? code.split(';').at(-1)?.trim() || code : null;
}

function isConstantPython(code: string): boolean {
  return code.split(/[;\n]/).every((statement) => PYTHON_CONSTANT.some((pattern) => pattern.test(statement.trim())));
}
