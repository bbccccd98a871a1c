import { existsSync } from 'node:fs';
import type { EngineImages } from '../build/engine-images.ts';
import type { AptSettings } from '../host/apt-settings.ts';
import { hostEnvironment } from '../host/host-environment.ts';
import { readTextOrNull } from '../host/text-files.ts';
import { commandExists } from './command-exists.ts';
import { runProgram } from './run-program.ts';

/** The Debian releases that images are built on. */
export type Suite = 'trixie' | 'bookworm';

/** Part of the image's hash: increase it when the recipe below changes. */
export const BOOTSTRAP_VERSION = '2';

const TOOL = 'mmdebstrap';
/** apt waits for another installation to finish. */
const INSTALL = [
  'apt-get',
  '-o',
  'DPkg::Lock::Timeout=120',
  'install',
  '-qy',
  '--no-install-recommends',
  TOOL,
  'debian-archive-keyring',
] as const;

/** Creates the links /bin, /lib … before the first package. Otherwise Debian 12 installs a conversion tool that depends on Perl. */
const MERGED_USR = '/usr/share/mmdebstrap/hooks/maybe-merged-usr';

/** Files that the official slim images exclude from every package, now and later. */
const SLIM = [
  'path-exclude=/usr/share/doc/*',
  'path-include=/usr/share/doc/*/copyright',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/locale/*',
  'path-include=/usr/share/locale/locale.alias',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/share/groff/*',
];

/** Runs in the new tree. Removes the bootstrap's package settings, and renames those that exclude files to the official name. */
const FINISH = [
  'set -eu; cd "$1"',
  'mv etc/dpkg/dpkg.cfg.d/99mmdebstrap etc/dpkg/dpkg.cfg.d/docker',
  'rm -f etc/apt/apt.conf.d/99mmdebstrap',
  'rm -rf var/log/* var/cache/debconf/*-old usr/share/doc/*/changelog*',
].join('; ');

/**
 * Whether a Debian can be built from packages: needs Debian or Ubuntu, root and a package manager. The tool may have to be installed first.
 */
export async function canBootstrap(mayInstall: boolean): Promise<boolean> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const release = (await readTextOrNull('/etc/os-release')) ?? '';
  if (!mayInstall && !(await commandExists(TOOL))) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(release) && (await commandExists('apt-get'));
}

export interface Bootstrap {
  readonly suite: Suite;
  readonly apt: AptSettings | null;
  readonly images: EngineImages;
  readonly tag: string;
}

/** Builds a slim Debian from packages and streams it to the engine, without a copy on disk. */
export async function bootstrapDebian(
  { suite, apt, images, tag }: Bootstrap,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!(await commandExists(TOOL))) {
    progress(`Installation du paquet Debian « ${TOOL} », qui construit un système à partir des paquets`);
    const env = { ...hostEnvironment(), DEBIAN_FRONTEND: 'noninteractive' };
    await runProgram(['apt-get', 'update', '-q'], { env, signal });
    await runProgram(INSTALL, { env, signal });
  }
  const command = [TOOL, '--variant=minbase', '--mode=root', '--format=tar', '--quiet'];
  if (existsSync(MERGED_USR)) command.push(`--hook-dir=${MERGED_USR}`);
  command.push('--aptopt=APT::Install-Recommends "false"', ...SLIM.map((option) => `--dpkgopt=${option}`), `--customize-hook=${FINISH}`);
  command.push(suite, '-', ...sources(suite, apt));
  const image = {
    tag,
    role: `base-${suite}`,
    title: `Debian ${suite}`,
    changes: ['CMD ["bash"]', 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  };
  await images.import(image, (tar) => runProgram(command, { signal, output: tar }), signal);
}

function sources(suite: Suite, apt: AptSettings | null): string[] {
  if (apt === null) return [];
  const main = [`deb ${apt.archive} ${suite} main`, `deb ${apt.archive} ${suite}-updates main`];
  return apt.security === null ? main : [...main, `deb ${apt.security} ${suite}-security main`];
}
