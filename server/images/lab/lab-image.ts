import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { Isolation } from '../../../contract/lab.ts';
import { debianImage } from '../base/debian-image.ts';
import { type ContextFile, contentHash, contextFile, contextFolder } from '../build/build-context.ts';
import { type EngineImages, LAB_BASE_LABEL } from '../build/engine-images.ts';
import { appendTree, LAB_ID_BASE } from '../build/shift-tree.ts';
import { hostFiles } from '../host/host-files.ts';
import { proxyBuildArgs } from '../host/proxy-variables.ts';
import type { ImageContext } from '../image-context.ts';
import { labPrograms } from './lab-programs.ts';
import { NODE_VERSION, type NodeArchitecture, nodeBinary } from './node-binary.ts';

/**
 * How the two root file systems are combined. `version` is part of the hash: change it when `joinRoots` or `appendTree` produce a different
 * result from the same images. `idShift`: the uid of the lab's root on the host.
 */
const JOIN: Readonly<Record<Isolation, { readonly version: string; readonly idShift: number }>> = {
  userns: { version: '1', idShift: LAB_ID_BASE },
  capabilities: { version: '1-unshifted', idShift: 0 },
};

interface Part {
  readonly tag: string;
  readonly files: readonly ContextFile[];
}

/** The images that a lab image is built from, each named after the hash of its inputs. */
interface LabPlan {
  readonly architecture: NodeArchitecture;
  readonly labRoot: Part;
  readonly gate: Part;
  readonly joined: string;
  readonly lab: Part;
}

/** The name of the lab image, computed from the current sources, whether it is built or not. */
export async function labImageName(context: ImageContext, isolation: Isolation): Promise<string> {
  return (await plan(context, isolation)).lab.tag;
}

/**
 * Builds what is missing, in this order: the root file systems of the lab and of the gate, both combined with the lab's owners shifted, and
 * last our programs. A change of the agent or the gate only rebuilds the last image, in seconds. Both isolations share the first two
 * images.
 */
export async function buildLabImage(
  context: ImageContext,
  isolation: Isolation,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const { images, host } = context;
  const { architecture, labRoot, gate, joined, lab } = await plan(context, isolation);
  if (await images.has(lab.tag)) return lab.tag;
  if (!(await images.has(joined))) {
    const base = await debianImage({ ...context, apt: host.apt }, 'trixie', progress, signal);
    const buildArgs = { BASE: base, ...proxyBuildArgs(host.proxy) };
    await timed('Système du labo : Docker, Compose et les outils', progress, async () => {
      if (!(await images.has(labRoot.tag)))
        await images.build({ ...labRoot, role: 'lab-root', title: 'Système du labo', buildArgs }, signal);
    });
    await timed('Sas du labo : pare-feu et résolveur', progress, async () => {
      if (!(await images.has(gate.tag))) await images.build({ ...gate, role: 'gate', title: 'Sas du labo', buildArgs }, signal);
    });
    const node = await nodeBinary(architecture, progress, signal);
    await timed('Assemblage du sas et du labo', progress, () =>
      joinRoots(images, { gate: gate.tag, labRoot: labRoot.tag, node, tag: joined, idShift: JOIN[isolation].idShift }, signal),
    );
  }
  await timed('Programmes du labo : agent, sas, source de données', progress, () =>
    images.build(
      { ...lab, role: 'lab', title: 'Programmes du labo', buildArgs: { BASE: joined }, labels: { [LAB_BASE_LABEL]: joined } },
      signal,
    ),
  );
  return lab.tag;
}

async function plan({ docker, repoRoot, host }: ImageContext, isolation: Isolation): Promise<LabPlan> {
  const stack = join(repoRoot, 'lab-stack/lab');
  const [{ Arch }, settings, rootFolder, imageFolder] = await Promise.all([
    docker.version(),
    hostFiles(host, 'trixie', 'host'),
    contextFolder(join(stack, 'lab-root'), ''),
    contextFolder(join(stack, 'image'), ''),
  ]);
  const architecture = Arch === 'arm64' ? 'arm64' : 'x64';
  const labRoot = part('escale/lab-root', [...rootFolder, ...settings], [architecture]);
  const gate = part('escale/gate', [...only(imageFolder, 'gate.Dockerfile'), ...settings], [architecture]);
  const joined = `escale/lab-base:${contentHash([], [labRoot.tag, gate.tag, NODE_VERSION, JOIN[isolation].version])}`;
  const lab = part('escale/lab', [...only(imageFolder, 'Dockerfile'), ...(await labPrograms(repoRoot, architecture))], [joined]);
  return { architecture, labRoot, gate, joined, lab };
}

function part(name: string, files: readonly ContextFile[], inputs: readonly string[]): Part {
  return { tag: `${name}:${contentHash(files, inputs)}`, files };
}

/** One file of a folder, as the `Dockerfile` of a context. */
function only(folder: readonly ContextFile[], name: string): ContextFile[] {
  return folder.filter((file) => file.path === name).map((file) => contextFile('Dockerfile', file.data));
}

interface Roots {
  readonly gate: string;
  readonly labRoot: string;
  readonly node: Buffer;
  readonly tag: string;
  /** The number added to the owners of the lab's files. */
  readonly idShift: number;
}

async function joinRoots(images: EngineImages, { gate, labRoot, node, tag, idShift }: Roots, signal: AbortSignal): Promise<void> {
  const image = {
    tag,
    role: 'lab-base',
    title: 'Assemblage du sas et du labo',
    changes: ['ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  };
  await images.import(
    image,
    async (output) => {
      const tar = pack();
      const fill = async (): Promise<void> => {
        await images.export(gate, (tree) => appendTree(tree, tar, { prefix: '', idShift: 0 }));
        tar.entry({ name: 'lab-root', type: 'directory', mode: 0o755, uid: idShift, gid: idShift });
        await images.export(labRoot, (tree) => appendTree(tree, tar, { prefix: 'lab-root/', idShift }));
        for (const name of ['opt/escale', 'opt/escale/bin']) tar.entry({ name, type: 'directory', mode: 0o755 });
        tar.entry({ name: 'opt/escale/bin/node', mode: 0o755 }, node);
        tar.finalize();
      };
      await Promise.all([pipeline(tar, output, { end: false, signal }), fill()]);
    },
    signal,
  );
}

async function timed(title: string, progress: (line: string) => void, step: () => Promise<void>): Promise<void> {
  progress(`${title} …`);
  const begin = Date.now();
  await step();
  progress(`${title} : ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}
