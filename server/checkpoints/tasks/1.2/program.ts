import { criterion } from '../../criterion.ts';
import { type PythonFile, programSays, readProgram } from '../../readers/python/read-program.ts';

const PIPELINE = 'etl_pipeline.py';

export const program = criterion('1.2/program', {
  needs: [],
  expected: 'un programme `etl_pipeline.py`, et des modules de `src/` que Python sait lire',
  async read(view) {
    const files = await readProgram(view);
    const broken = files.flatMap(({ path, error }) => (error ? [{ path, ...error }] : []))[0];
    const replacing = files.flatMap(({ path, replaces }) => (replaces ? [{ file: path, line: replaces }] : []))[0];
    return {
      blank: files.every(({ hollow, error }) => hollow && error === null),
      pipeline: files.find(({ path }) => path === PIPELINE),
      broken,
      unknown: unknownModule(files),
      unused: unusedOf(files),
      replacing,
    };
  },
  where: { file: PIPELINE },
})
  .fault('program.absent', ({ pipeline }) => !pipeline, {
    observed: 'aucun fichier `etl_pipeline.py`',
    look: 'Créez-le à la racine du projet : c’est lui que le conteneur lancera.',
  })
  .fault('program.syntax', ({ broken }) => broken, {
    observed: (_, { path, line, message }) =>
      `\`${path}\`${line ? `, ligne ${line}` : ''} : Python ne sait pas lire ce fichier (« ${message} »)`,
    where: (_, { path, line }) => ({ file: path, ...(line ? { line } : {}) }),
    look: (_, { path }) => `La faute est à cette ligne ou juste au-dessus ; \`python3 -m py_compile ${path}\` la redit.`,
  })
  .fault('program.empty', ({ pipeline }) => pipeline?.hollow, {
    observed: '`etl_pipeline.py` ne contient aucune instruction',
    look: 'Il extrait, transforme et charge, puis sort avec le code 0, ou un autre en cas d’échec.',
  })
  .fault('program.module-absent', ({ unknown }) => unknown, {
    observed: (_, { path, module }) => `\`${path}\` importe \`${module}\`, que le projet ne contient pas`,
    where: (_, { path, line }) => ({ file: path, line }),
    look: 'Vérifiez le nom du module, et que son fichier est bien dans `src/`.',
  })
  .remark(
    'program.unused-tree',
    ({ unused }) => unused.join(', '),
    (_, unused) => `Le programme ne se sert pas de ${unused}.`,
  )
  .remark(
    'program.replace',
    ({ replacing }) => replacing,
    '`to_sql` avec `if_exists="replace"` détruit la table à chaque passage : les droits, les index et les vues posés dessus partent avec elle.',
    (_, where) => where,
  )
  .untouched(({ blank }) => blank);

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

/** The files of the brief's tree that the program does not use. */
function unusedOf(files: readonly PythonFile[]): string[] {
  return [
    ...(files.some(({ imports }) => imports.some(({ module }) => module.split('.')[0] === 'src')) ? [] : ['`src/`']),
    ...(programSays(files, /config\.ya?ml/) ? [] : ['`config/config.yaml`']),
    ...(programSays(files, /\b(raw|processed)\b|\bdata\b/) ? [] : ['`data/`']),
  ];
}
