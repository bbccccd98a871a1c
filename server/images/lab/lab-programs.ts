import { join } from 'node:path';
import { build } from 'esbuild';
import { EscaleError } from '../../errors/escale-error.ts';
import { type ContextFile, contextFile, contextFolder } from '../build/build-context.ts';
import { readBytesOrNull } from '../host/text-files.ts';
import type { NodeArchitecture } from './node-binary.ts';

/** The content of the lab image's last layer, as `escale/…`: the agent with its terminal addon, the gate's scripts, the data source. */
export async function labPrograms(repoRoot: string, architecture: NodeArchitecture): Promise<ContextFile[]> {
  const [agent, source, pty, gate] = await Promise.all([
    bundle(repoRoot, 'agent/main.ts'),
    bundle(repoRoot, 'lab-stack/source/main.ts'),
    terminalAddon(repoRoot, architecture),
    contextFolder(join(repoRoot, 'lab-stack/lab/gate'), 'escale/gate'),
  ]);
  if (!gate.some((file) => file.path === 'escale/gate/gate')) throw missing('lab-stack/lab/gate/gate');
  const moduleFile = JSON.stringify({ type: 'module' });
  return [
    contextFile('escale/agent/agent.js', agent),
    contextFile('escale/agent/package.json', moduleFile),
    ...pty,
    contextFile('escale/gate/package.json', moduleFile),
    contextFile('escale/gate/source.js', source),
    // Scripts are executable whatever their mode in the checkout.
    ...gate.map((file) => ({ ...file, mode: file.data.subarray(0, 2).toString() === '#!' ? (0o755 as const) : file.mode })),
  ];
}

async function bundle(repoRoot: string, entry: string): Promise<string> {
  if ((await readBytesOrNull(join(repoRoot, entry))) === null) throw missing(entry);
  const result = await build({
    // The bundle contains paths relative to this folder, so it is the same whatever the working directory.
    absWorkingDir: repoRoot,
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['node-pty'],
    legalComments: 'none',
    logLevel: 'silent',
    // Bundled CommonJS modules call `require` for Node's own modules.
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
  return result.outputFiles[0]?.text ?? '';
}

async function terminalAddon(repoRoot: string, architecture: NodeArchitecture): Promise<ContextFile[]> {
  const from = join(repoRoot, 'node_modules/node-pty');
  const to = 'escale/agent/node_modules/node-pty';
  const [code, addon, manifest] = await Promise.all([
    contextFolder(join(from, 'lib'), `${to}/lib`),
    contextFolder(join(from, `prebuilds/linux-${architecture}`), `${to}/prebuilds/linux-${architecture}`),
    readBytesOrNull(join(from, 'package.json')),
  ]);
  if (manifest === null || addon.length === 0) throw missing(from);
  return [contextFile(`${to}/package.json`, manifest), ...code.filter((file) => /(?<!\.test)\.js$/.test(file.path)), ...addon];
}

function missing(path: string): EscaleError {
  return new EscaleError('fault', 'images.source-missing', {
    message: `L’image des labos ne peut pas être construite : « ${path} » est absent.`,
    hint: "Vérifiez que le dépôt est complet (« git status ») et que « npm ci » s'est terminé.",
  });
}
