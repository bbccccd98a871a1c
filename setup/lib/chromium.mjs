import { existsSync } from 'node:fs';
import { aptInstall } from './apt.mjs';
import { find, isDebianRoot } from './engine/host.mjs';
import { SetupError } from './setup-error.mjs';
import { setupMode } from './setup-mode.mjs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Path of a Chromium for the end-to-end tests. Installs Debian's if there is none. @param {import('./board.mjs').Step} step */
export async function chromium(step) {
  const present = findChromium();
  if (present) {
    step.result('déjà là');
    return present;
  }
  if (setupMode() === 'auto' && isDebianRoot()) {
    await aptInstall(['chromium', 'fonts-liberation'], step.progress);
    const installed = findChromium();
    if (installed) {
      step.result('installé');
      return installed;
    }
  }
  throw new SetupError('Il n’y a pas de navigateur Chromium sur cette machine.', {
    why: 'Les tests de bout en bout ouvrent les pages dans un vrai navigateur. Escale ne l’installe que sur Debian, en root.',
    mend: 'Installez Chromium ou Google Chrome (Debian : « sudo apt-get install chromium »), ou donnez son chemin par CHROMIUM_PATH.',
  });
}

function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : null;
  for (const program of PROGRAMS) {
    const path = find(program);
    if (path) return path;
  }
  return APPLICATIONS.find((path) => existsSync(path)) ?? null;
}
