import { createServer } from 'node:net';

const TRIES = 50;

/** The first free port on the loopback interface, starting at `port`. @param {number} port @returns {Promise<number>} */
export async function freePort(port) {
  for (let tried = port; tried < port + TRIES; tried++) if (await isFree(tried)) return tried;
  throw new Error(`no free port from ${port} to ${port + TRIES - 1}`);
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen({ port, host: '127.0.0.1' }, () => probe.close(() => resolve(true)));
  });
}
