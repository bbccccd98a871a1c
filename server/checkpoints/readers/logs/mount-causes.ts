import { posix } from 'node:path';
import type { Where } from '../../../../contract/verdict.ts';
import type { Service } from '../compose/compose-services.ts';
import type { ComposeMount } from '../compose/model.ts';
import { mountOn } from '../compose/mounts.ts';
import type { ComposeProject } from '../compose/read-compose.ts';
import { cause, type EtlCause, type EtlRun, firstOf } from './cause.ts';

const SYSTEM = /^\/(usr|bin|sbin|opt\/bin)(\/|$)/;

/** The image installed its packages in a folder that a mount covers. */
export function packagesHidden({ log, project, etl, env = [] }: EtlRun): EtlCause | null {
  const module = firstOf(log, [/ModuleNotFoundError: No module named '([^']+)'/]);
  const program = firstOf(log, [/exec: "([^"]+)":/, /can't open file '([^']+)'/]);
  if ((!module || /^src\b/.test(module)) && !program) return null;
  const folders = [...valuesOf(env, 'VIRTUAL_ENV'), ...valuesOf(env, 'PYTHONPATH'), ...valuesOf(env, 'PATH')];
  for (const path of [...folders, ...(program ? [posix.dirname(program)] : [])]) {
    const mount = path.startsWith('/') && !SYSTEM.test(path) ? mountOn(etl.service.volumes, path) : null;
    if (!mount) continue;
    const folder = path.replace(/\/bin$/, '');
    const isProgram = module === null && program !== null && posix.dirname(program) === path;
    return cause(
      isProgram ? 'etl.program-hidden' : 'etl.packages-hidden',
      isProgram
        ? `le montage sur \`${mount.target}\` cache \`${program}\`, que l’image contient : le conteneur voit le dossier monté à sa place`
        : `l’image a installé ses paquets dans \`${folder}\`, et le montage sur \`${mount.target}\` les cache${module ? ` : \`${module}\` ne se trouve plus` : ''}`,
      placeOfMount(project, etl, mount),
      `Ne montez que ce que le programme écrit (\`./logs\`, \`./data\`), ou installez les paquets hors de \`${mount.target}\`, dans \`/opt/venv\` par exemple.`,
    );
  }
  return null;
}

function valuesOf(env: readonly string[], name: string): string[] {
  const value = env.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return value.split(':').filter((one) => one !== '');
}

/** A bind whose file did not exist: Docker makes a folder of that name, here and in the container. */
export function folderForFile({ log, project, etl }: Pick<EtlRun, 'log' | 'project' | 'etl'>): EtlCause | null {
  const path = firstOf(log, [
    /IsADirectoryError: \[Errno 21\] Is a directory: '([^']+)'/,
    /can't find '__main__' module in '([^']+)'/,
    /mounting "[^"]+" to rootfs at "([^"]+)"/,
    /(?:^|[\s"'])(\/[^\s"':]+)["']?: (?:could not read from input file: )?[Ii]s a directory/m,
    /could not read from input file: Is a directory.*?(\/[^\s"']+)/,
  ]);
  if (!path) return null;
  const mount = etl.service.volumes.find(
    ({ type, target }) => type === 'bind' && (target === path || target.endsWith(`/${posix.normalize(path)}`)),
  );
  if (!mount) return null;
  const source = posix.basename(mount.source);
  return cause(
    'etl.folder-for-file',
    `\`${source}\`, monté sur \`${mount.target}\`, est un dossier : le fichier n’existait pas, et Docker a créé un dossier de ce nom`,
    placeOfMount(project, etl, mount),
    `Vérifiez le chemin du montage. Retirez le dossier vide (\`rmdir\`), mettez le fichier à sa place, puis \`docker compose up -d --force-recreate ${etl.name}\``,
  );
}

export function placeOfMount(project: ComposeProject, { name }: Service, { target }: ComposeMount): Where {
  return { ...project.places.entry(['services', name, 'volumes'], target, (item) => isOn(item, target)), service: name };
}

/** `source:target`, `source:target:ro`, or the words of the long form. */
function isOn(item: string, target: string): boolean {
  return item.split(/[:\s]/).some((part) => part.replace(/^target=/, '').replace(/(?<=.)\/$/, '') === target);
}
