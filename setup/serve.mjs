import { join } from 'node:path';
import { Board, seconds } from './lib/board.mjs';
import { foreground } from './lib/foreground.mjs';
import { hasDesktop, openPage } from './lib/open-page.mjs';
import { ROOT } from './lib/paths.mjs';
import { prepareEngine, prepareRuntime, prepareSite } from './lib/prepare.mjs';
import { serveOptions } from './lib/serve-options.mjs';
import { setupMode } from './lib/setup-mode.mjs';

/**
 * `npm start` and `escale serve`: prepares what is missing, then serves until Ctrl-C. The engine is prepared in parallel, and
 * the page does not wait for it: lessons can be read meanwhile, and without any engine.
 * @param {readonly string[]} args
 * @returns {Promise<number>} exit status
 */
export async function serve(args) {
  const options = serveOptions(args);
  setupMode();
  const board = new Board();
  const began = performance.now();
  board.say('Escale se prépare.');
  const engine = prepareEngine(board).catch(() => {
    board.say('    Le site s’ouvre quand même : les leçons se lisent, et l’atelier s’ouvrira quand un moteur répondra.');
    return null;
  });
  try {
    const runtime = await prepareRuntime(board);
    await prepareSite(board, runtime);
    const dockerHost = await settled(engine);
    board.say(`Préparé en ${seconds(performance.now() - began)}. Ctrl-C arrête le site et les labos ; vos données restent.`);
    return await foreground(runtime.node, [join(ROOT, 'server', 'main.ts'), ...options.forServer], {
      env: dockerHost ? { ...runtime.env, DOCKER_HOST: dockerHost } : runtime.env,
      onMessage: (message) => {
        const url = addressIn(message);
        if (url && options.open && hasDesktop()) openPage(url);
      },
    });
  } finally {
    // Never interrupt a package manager.
    await engine;
  }
}

/**
 * The engine if it is known already, else null after 50 ms. An engine that already runs answers long before the site is built. @param
 * {Promise<string | null>} engine
 */
function settled(engine) {
  /** @type {Promise<null>} */
  const soon = new Promise((resolve) => setTimeout(resolve, 50, null));
  return Promise.race([engine, soon]);
}

/** The server sends `{ type: 'serving', url }` once it listens. @param {unknown} message */
function addressIn(message) {
  if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'serving') return null;
  return 'url' in message && typeof message.url === 'string' ? message.url : null;
}
