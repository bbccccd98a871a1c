import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { EscaleError } from '../../errors/escale-error.ts';
import { runProgram } from '../base/run-program.ts';
import { hostEnvironment } from '../host/host-environment.ts';
import { readBytesOrNull } from '../host/text-files.ts';

/** The Node version in labs: the same as the server's. */
export const NODE_VERSION = '24.21.0';

export type NodeArchitecture = 'x64' | 'arm64';

/** The Linux binary `node` from its npm package, cached in the user's cache folder. */
export async function nodeBinary(
  architecture: NodeArchitecture,
  progress: (line: string) => void,
  signal: AbortSignal,
  cache = cacheFolder(),
): Promise<Buffer> {
  const name = `node-linux-${architecture}`;
  const kept = join(cache, `${name}-${NODE_VERSION}`);
  const known = await readBytesOrNull(kept);
  if (known) return known;
  progress(`Téléchargement de Node ${NODE_VERSION} pour les labos (paquet npm ${name})`);
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'npm-'));
  try {
    await runProgram([...npmCommand(), 'pack', `${name}@${NODE_VERSION}`, '--ignore-scripts', '--pack-destination', folder], {
      signal,
      cwd: folder,
    });
    const archive = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
    const program = archive ? await readFromArchive(join(folder, archive), 'package/bin/node') : null;
    if (program === null) {
      throw new EscaleError('fault', 'images.node-package', {
        message: `Le paquet npm ${name} ne contient pas le programme attendu.`,
        hint: 'Relancez ; si cela se répète, signalez-le.',
      });
    }
    // Renamed once complete, so that a killed process never leaves a partial file under the final name.
    await writeFile(join(folder, 'node'), program);
    await rename(join(folder, 'node'), kept);
    return program;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFromArchive(archive: string, wanted: string): Promise<Buffer | null> {
  const tar = extract();
  let found: Buffer | null = null;
  const read = (async () => {
    for await (const entry of tar) {
      if (entry.header.name === wanted) found = await buffer(entry);
      else entry.resume();
    }
  })();
  await Promise.all([pipeline(createReadStream(archive), createGunzip(), tar), read]);
  return found;
}

/** The npm that started us, which needs no shell on any system; otherwise the one on the PATH. */
function npmCommand(): string[] {
  const script = hostEnvironment().npm_execpath;
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm'];
}

function cacheFolder(): string {
  const root =
    hostEnvironment().XDG_CACHE_HOME ?? (process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : join(homedir(), '.cache'));
  return join(root, 'escale');
}
