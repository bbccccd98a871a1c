/** One command of a recording, as typed, and its output. */
export interface RecordedStep {
  /** The name by which a lesson refers to the step; a step without a name is only run. */
  readonly name?: string;
  readonly command: string;
  /** Without the last end of line. A line that holds only `…` stands for any number of lines. */
  readonly output: string;
}

/**
 * Reads `content/outputs/<lesson>.txt`: a terminal session, played in the order of the file, starting from the solution of the task.
 * A line `$ …` is a command and the lines after it are its output. A line `# name` before a command names the step.
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
