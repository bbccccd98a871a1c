import { explain } from './board.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs a command of the project and leaves with its exit status. A step that failed has already been explained on the board; what
 * failed outside of any step is explained here.
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
