/** One command of a recording, as it is typed, and what the terminal answered. */
export interface RecordedStep {
  /** How a lesson points at it; a step without a name is only run. */
  readonly name?: string;
  readonly command: string;
  /** Without the last end of line. `…` alone on a line stands for any lines. */
  readonly output: string;
}

/**
 * Reads `content/outputs/<lesson>.txt`: a terminal's session, played in the order of the file from the solution of the task.
 * A line `$ …` is a command, what follows is its answer; a line `# name` before a command names the step.
 */
export function readRecording(text: string): RecordedStep[] {
  const steps: { name?: string; command: string; output: string[] }[] = [];
  let name: string | undefined;
  for (const line of text.replace(/\n+$/, '').split('\n')) {
    const [, mark, rest = ''] = /^([#$]) (.+)$/.exec(line) ?? [];
    const last = steps.at(-1);
    if (mark === '#') name = rest;
    else if (mark === '$') {
      steps.push({ ...(name !== undefined && { name }), command: rest, output: [] });
      name = undefined;
    } else if (last && name === undefined) last.output.push(line);
    else if (line !== '') throw new Error(`« ${line} » n’est la réponse d’aucune commande.`);
  }
  return steps.map(({ output, ...step }) => ({ ...step, output: output.join('\n').replace(/\n+$/, '') }));
}
