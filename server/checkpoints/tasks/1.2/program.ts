import type { Remark } from '../../../../contract/verdict.ts';
import type { Criterion } from '../../definitions.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { type PythonFile, programSays, readProgram } from '../../probes/python/read-program.ts';

const PIPELINE = 'etl_pipeline.py';
const expected = 'un programme `etl_pipeline.py`, et des modules de `src/` que Python sait lire';

export const program: Criterion = {
  id: '1.2/program',
  needs: [],
  async judge(view) {
    const files = await readProgram(view);
    const pipeline = files.find(({ path }) => path === PIPELINE);
    if (!pipeline) {
      const look = 'Créez-le à la racine du projet : c’est lui que le conteneur lancera.';
      return notMet('program.absent', { expected, observed: 'aucun fichier `etl_pipeline.py`', where: { file: PIPELINE }, look });
    }
    const broken = files.find(({ error }) => error !== null);
    if (broken?.error) {
      const { line, message } = broken.error;
      return notMet('program.syntax', {
        expected,
        observed: `\`${broken.path}\`${line ? `, ligne ${line}` : ''} : Python ne sait pas lire ce fichier (« ${message} »)`,
        where: { file: broken.path, ...(line ? { line } : {}) },
        look: `La faute est à cette ligne ou juste au-dessus ; \`python3 -m py_compile ${broken.path}\` la redit.`,
      });
    }
    if (pipeline.hollow) {
      const look = 'Il extrait, transforme et charge, puis sort avec le code 0, ou un autre en cas d’échec.';
      return notMet('program.empty', {
        expected,
        observed: '`etl_pipeline.py` ne contient aucune instruction',
        where: { file: PIPELINE },
        look,
      });
    }
    const unknown = unknownModule(files);
    if (unknown) {
      return notMet('program.module-absent', {
        expected,
        observed: `\`${unknown.path}\` importe \`${unknown.module}\`, que le projet ne contient pas`,
        where: { file: unknown.path, line: unknown.line },
        look: 'Vérifiez le nom du module, et que son fichier est bien dans `src/`.',
      });
    }
    return met({ remarks: remarksOn(files) });
  },
};

/** `from src.extrat import …`. */
function unknownModule(files: readonly PythonFile[]): { path: string; module: string; line: number } | null {
  const known = files.map(({ path }) => path);
  for (const { path, imports } of files) {
    for (const { module, line } of imports) {
      const [root, name] = module.split('.');
      if (root !== 'src' || !name) continue;
      if (!known.some((file) => file === `src/${name}.py` || file.startsWith(`src/${name}/`))) return { path, module, line };
    }
  }
  return null;
}

/** The tree of the brief that serves nothing, and the table that is dropped on each run: both are the brief's own ways. */
function remarksOn(files: readonly PythonFile[]): Remark[] {
  const where = { file: PIPELINE };
  const unused = [
    ...(files.some(({ imports }) => imports.some(({ module }) => module.split('.')[0] === 'src')) ? [] : ['`src/`']),
    ...(programSays(files, /config\.ya?ml/) ? [] : ['`config/config.yaml`']),
    ...(programSays(files, /\b(raw|processed)\b|\bdata\b/) ? [] : ['`data/`']),
  ];
  const replacing = files.find(({ replaces }) => replaces !== null);
  return [
    ...(unused.length > 0 ? [remark('program.unused-tree', `Le programme ne se sert pas de ${unused.join(', ')}.`, where)] : []),
    ...(replacing?.replaces
      ? [
          remark(
            'program.replace',
            '`to_sql` avec `if_exists="replace"` détruit la table à chaque passage : les droits, les index et les vues posés dessus partent avec elle.',
            { file: replacing.path, line: replacing.replaces },
          ),
        ]
      : []),
  ];
}
