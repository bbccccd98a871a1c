import { dependencies } from './dependencies.mjs';
import { engine } from './engine/engine.mjs';
import { environmentWith, rightNode } from './right-node.mjs';
import { site } from './site.mjs';

/** @typedef {{ node: string, env: NodeJS.ProcessEnv }} Runtime the Node that runs the project, and an environment in which it is first on the PATH */

/**
 * Prepares what every command of the project needs: Node and the dependencies. @param {import('./board.mjs').Board} board @returns
 * {Promise<Runtime>}
 */
export async function prepareRuntime(board) {
  const node = await board.step('Node', rightNode);
  const env = environmentWith(node);
  await board.step('Dépendances', (step) => dependencies(step, env));
  return { node, env };
}

/** @param {import('./board.mjs').Board} board @param {Runtime} runtime */
export function prepareSite(board, runtime) {
  return board.step('Site', (step) => site(step, runtime));
}

/** @param {import('./board.mjs').Board} board @returns {Promise<string>} the engine's address */
export function prepareEngine(board) {
  return board.step('Moteur Docker', (step) => engine(step, (text) => board.say(text)));
}
