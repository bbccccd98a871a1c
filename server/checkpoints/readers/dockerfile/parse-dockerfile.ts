import { DockerfileParser } from 'dockerfile-ast';
import { findFaults } from './find-faults.ts';
import type { DockerfileModel, Instruction, Stage } from './model.ts';
import { readInstruction } from './read-instruction.ts';
import { substitute, variablesOf } from './variables.ts';

/** Reads a Dockerfile. Never throws: what Docker would refuse is in `faults`. */
export function parseDockerfile(source: string, file = 'Dockerfile'): DockerfileModel {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = text.split('\n');
  const parsed = DockerfileParser.parse(text);
  const escapeChar = parsed.getEscapeCharacter();
  const instructions = parsed.getInstructions().map((node) => {
    const { start, end } = node.getRange();
    const body = lines.slice(start.line, end.line + 1);
    const heredoc = body.length > 1 && /^\s*(RUN|COPY|ADD)\b.*<<-?["']?\w/i.test(body[0] ?? '');
    return readInstruction(node.getKeyword(), body, start.line + 1, escapeChar, heredoc, file);
  });
  return { stages: toStages(instructions), faults: findFaults(instructions) };
}

function toStages(instructions: readonly Instruction[]): Stage[] {
  const stages: { base: string; name: string | null; from: Instruction; instructions: Instruction[] }[] = [];
  const globals = new Map<string, string>();
  for (const instruction of instructions) {
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const [base = '', as, name] = instruction.text.split(/\s+/);
      stages.push({
        base: substitute(base, globals),
        name: as?.toLowerCase() === 'as' && name ? name.toLowerCase() : null,
        from: instruction,
        instructions: [],
      });
    } else if (stage) stage.instructions.push(instruction);
    else for (const [name, value] of variablesOf(instruction)) globals.set(name, value);
  }
  return stages;
}
