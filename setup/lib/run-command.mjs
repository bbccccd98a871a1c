import { explain } from './board.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs a command of the project and sets the exit status. A failed step has already been explained on the board; an
 * error outside of any step is explained here.
 * @param {() => Promise<number>} command
 */
export async function runCommand(command) {
  try {
    process.exitCode = await command();
  } catch (thrown) {
    const error = SetupError.from(thrown);
    if (!error.shown) process.stderr.write(`${explain(error)}\n`);
    process.exitCode = error.exitStatus;
  }
}
