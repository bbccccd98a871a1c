import { posix } from 'node:path';
import type { Fault, StackCopy } from '../definitions.ts';

const IGNORE = '.dockerignore';

export const ignoredFile: Fault = {
  id: 'ignored-file',
  symptom: 'L’image se construit sans erreur. Le pipeline s’arrête avec le code 1 dès sa première seconde.',
  hints: [
    'Le journal du pipeline nomme un module. Le fichier est bien dans le dossier, comme `ls src` le montre. Est-il dans l’image ?',
    '`docker compose run --rm etl ls src` montre ce que l’image contient. Ce qui manque n’est pas arrivé jusqu’à `COPY`.',
    '`.dockerignore` dit ce qui n’entre pas dans le contexte de construction. L’une de ses lignes écarte plus que prévu.',
  ],
  cause: 'Une ligne de `.dockerignore` écartait un module du contexte : `COPY` ne pouvait pas le prendre.',
  break(copy) {
    const module = importedModule(copy);
    const ignore = copy.text(IGNORE) ?? '';
    if (module === null || ignore === '') return null;
    const stem = posix.basename(module, '.py');
    const end = ignore.endsWith('\n') ? '' : '\n';
    const put = `${ignore}${end}\n# … et les brouillons.\n**/${stem}*\n`;
    return { edits: [{ file: IGNORE, replace: ignore, with: put }], memo: { module, ignore } };
  },
  shows: ({ etl, log }) => etl?.exitCode !== 0 && /ModuleNotFoundError|cannot import name|No module named/.test(log),
  async remains({ etl, images, engine, memo, text, names }) {
    const kept = await text(IGNORE);
    const lost = lines(memo.ignore).find((line) => !lines(kept).includes(line));
    if (lost !== undefined) {
      return {
        code: 'ignored.too-much-let-in',
        observed: kept === null ? '`.dockerignore` n’existe plus' : `\`.dockerignore\` n’écarte plus \`${lost}\``,
        where: { file: IGNORE },
        look: 'Les autres lignes gardent hors de l’image les secrets et les données. N’en retirez que celle qui gêne.',
      };
    }
    const image = etl && (await engine.image(etl.image));
    if (!image || memo.module === undefined) return null;
    if ((await images.stat(image.id, posix.join('/', image.workdir, memo.module))) !== null) return null;
    return {
      code: 'ignored.still-absent',
      onceWorking: true,
      observed: `le pipeline tourne, mais son image n’a toujours pas \`${memo.module}\``,
      where: { file: IGNORE, service: names.etl },
      look: 'Un montage cache le manque ici, et pas chez qui n’a que l’image. Faites entrer le fichier dans le contexte de construction.',
    };
  },
  repair: "sed -i '/extract\\*/d' .dockerignore",
  tempting: [
    {
      name: 'the code mounted',
      script: "sed -i 's#- ./data:/app/data#- ./src:/app/src:ro\\n      - ./data:/app/data#' docker-compose.yml",
      code: 'ignored.still-absent',
    },
    { name: 'no .dockerignore', script: 'rm .dockerignore', code: 'ignored.too-much-let-in' },
    { name: 'built again without a cache', script: 'docker compose build --no-cache --quiet etl', code: 'symptom.remains' },
  ],
};

/** A module in a folder that a program at the root imports. */
function importedModule({ paths, text }: StackCopy): string | null {
  const programs = paths.filter((path) => /^[^/]+\.py$/.test(path)).map((path) => text(path) ?? '');
  const modules = paths.filter((path) => /^\w+\/[a-z]\w*\.py$/.test(path));
  const imports = (path: string) => new RegExp(`^from ${path.slice(0, -3).replace('/', '\\.')} import`, 'm');
  return modules.find((path) => programs.some((program) => imports(path).test(program)) && stands(path, paths)) ?? null;
}

/** Whether the pattern that hides it hides nothing else. */
function stands(module: string, paths: readonly string[]): boolean {
  const stem = posix.basename(module, '.py');
  return paths.filter((path) => posix.basename(path).startsWith(stem)).length === 1;
}

function lines(text: string | null | undefined): string[] {
  return (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
