import { nearest } from '../../../errors/nearest.ts';
import { shellWords } from '../shell/shell-words.ts';
import type { DockerfileFault, Instruction } from './model.ts';

const INSTRUCTIONS = [
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
];
const FLAGS: Record<string, readonly string[]> = {
  FROM: ['platform'],
  RUN: ['mount', 'network', 'security', 'device'],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  ADD: ['chown', 'chmod', 'link', 'checksum', 'keep-git-dir', 'exclude', 'unpack'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
};

/** What Docker would refuse to read, in the order of the lines. */
export function findFaults(instructions: readonly Instruction[]): DockerfileFault[] {
  const faults = instructions.flatMap((instruction, index) => {
    const before = instructions.slice(0, index);
    const fault = faultOf(
      instruction,
      before.some((other) => other.keyword === 'FROM'),
    );
    return fault ? [{ line: instruction.line, ...fault }] : [];
  });
  const last = instructions.at(-1);
  if (last && faults.length === 0 && !instructions.some((instruction) => instruction.keyword === 'FROM')) {
    faults.push({ line: 1, code: 'dockerfile.no-from', what: 'aucune instruction `FROM` : l’image ne part de rien' });
  }
  return faults;
}

type Fault = Omit<DockerfileFault, 'line'>;

function faultOf(instruction: Instruction, afterFrom: boolean): Fault | null {
  const { keyword, text } = instruction;
  if (!INSTRUCTIONS.includes(keyword)) return unknown(keyword);
  if (!afterFrom && keyword !== 'FROM' && keyword !== 'ARG') {
    return { code: 'dockerfile.before-from', what: `\`${keyword}\` vient avant le premier \`FROM\`` };
  }
  if (text === '') return { code: 'dockerfile.empty-instruction', what: `\`${keyword}\` n’est suivi de rien` };
  const flag = [...instruction.flags.keys()].find((name) => !(FLAGS[keyword] ?? []).includes(name));
  if (flag && FLAGS[keyword]) return { code: 'dockerfile.unknown-flag', what: `\`${keyword}\` ne connaît pas l’option \`--${flag}\`` };
  return faultOfArguments(instruction);
}

function faultOfArguments({ keyword, text, json, heredoc }: Instruction): Fault | null {
  const words = json ?? shellWords(text);
  const bad = (what: string): Fault => ({ code: 'dockerfile.bad-arguments', what });
  if (keyword === 'FROM' && words.length !== 1 && !(words.length === 3 && words[1]?.toLowerCase() === 'as')) {
    return bad('`FROM` attend une image, ou `image AS nom`');
  }
  if ((keyword === 'COPY' || keyword === 'ADD') && words.length < 2 && !heredoc) {
    return bad(`\`${keyword}\` attend une source et une destination`);
  }
  if (keyword === 'HEALTHCHECK' && !/^(CMD\s+\S|NONE\s*$)/i.test(text))
    return bad('`HEALTHCHECK` attend `CMD` suivi d’une commande, ou `NONE`');
  if (keyword === 'ENV' && words.length === 1 && !text.includes('=')) return bad('`ENV` attend `NOM=valeur`');
  if (keyword === 'ENV' && words[0]?.includes('=') && words.some((word) => !word.includes('='))) {
    return bad('`ENV` attend des paires `NOM=valeur` ; une valeur avec une espace se met entre guillemets');
  }
  if (keyword === 'SHELL' && json === null) return bad('`SHELL` attend une liste, `["/bin/bash", "-c"]`');
  return null;
}

function unknown(keyword: string): Fault {
  if (/^(&&|\|\||\||;|-)/.test(keyword)) {
    return {
      code: 'dockerfile.continuation',
      what: `la ligne commence par \`${keyword}\` : il manque \`\\\` à la fin de la ligne d’avant`,
    };
  }
  const near = nearest(keyword, INSTRUCTIONS);
  return {
    code: 'dockerfile.unknown-instruction',
    what: `\`${keyword}\` n’est pas une instruction${near ? ` ; vouliez-vous \`${near}\` ?` : ''}`,
  };
}
