import { foregroundOf } from './foreground.ts';
import type { PromptWatch } from './prompt-watch.ts';
import type { Shell } from './shell.ts';

const FIRST_PROMPT_MS = 3000;
const CLEARED_MS = 500;
const INTERRUPT = Buffer.from([3]);

export type RunOutcome = 'typed' | 'busy' | 'not-empty';

/**
 * Types a command of the lesson and Enter, if the shell waits with an empty line. `force` drops a line begun there, and types even into a
 * running program.
 */
export async function typeCommand(
  shell: Shell,
  prompt: PromptWatch,
  type: (keys: Buffer) => void,
  command: string,
  force: boolean,
): Promise<RunOutcome> {
  if (!prompt.seen) await prompt.nextPrompt(Math.max(0, FIRST_PROMPT_MS - shell.ageMs));
  const state = lineOf(shell, prompt);
  if (state !== 'empty' && !force) return state === 'busy' ? 'busy' : 'not-empty';
  if (state === 'text') {
    const cleared = prompt.nextPrompt(CLEARED_MS);
    type(INTERRUPT);
    await cleared;
  }
  type(Buffer.from(`${asTyped(command, prompt.paste)}\r`));
  return 'typed';
}

function lineOf(shell: Shell, prompt: PromptWatch): 'empty' | 'text' | 'busy' {
  return foregroundOf(shell.pid) === '' ? prompt.line : 'busy';
}

/**
 * Several lines are sent as one bracketed paste, which readline shows whole and runs at Enter. Without bracketed paste they are sent line
 * by line.
 */
function asTyped(command: string, paste: boolean): string {
  const text = command.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
  if (!text.includes('\n')) return text;
  return paste ? `\x1b[200~${text}\x1b[201~` : text.replaceAll('\n', '\r');
}
