import { criterion } from '../../criterion.ts';
import type { LabView } from '../../definitions.ts';
import { hasDriver, unlistedImport } from '../../readers/python/needed-packages.ts';
import { readProgram } from '../../readers/python/read-program.ts';
import { distribution, REQUIREMENTS, type Requirement, readRequirements } from '../../readers/python/requirements.ts';

export const requirements = criterion('1.2/requirements', {
  needs: [],
  expected: 'dans `requirements.txt`, tout ce que le programme importe, à des versions fixées',
  async read(view) {
    const text = await view.file(REQUIREMENTS);
    const absent = text === null;
    const { all, unreadable } = absent ? { all: [], unreadable: null } : await readRequirements(view);
    const listed = [...all.map(({ name }) => name), ...(await installedByDockerfile(view))];
    return {
      absent,
      blank: !text?.trim(),
      all,
      unreadable,
      listed,
      unlisted: unlistedImport(await readProgram(view), listed),
      pandas: oldPandas(all),
    };
  },
  where: { file: REQUIREMENTS },
})
  .fault('requirements.absent', ({ absent }) => absent, {
    observed: 'aucun fichier `requirements.txt`',
    look: 'Créez-le à côté de `etl_pipeline.py` ; une ligne par paquet.',
  })
  .fault('requirements.unreadable', ({ unreadable }) => unreadable, {
    observed: (_, { line, text }) => `ligne ${line} : pip ne sait pas lire \`${text.slice(0, 100)}\``,
    where: (_, { file, line }) => ({ file, line }),
    look: 'Une ligne s’écrit `paquet==version`.',
  })
  .fault('requirements.empty', ({ all }) => all.length === 0, {
    observed: '`requirements.txt` ne nomme aucun paquet',
    look: 'Écrivez-y ce que le programme importe, une ligne par paquet : `pandas==2.1.3`.',
  })
  .fault('requirements.unpinned', ({ all }) => all.find(({ pinned }) => pinned === 'no'), {
    observed: ({ all }) => {
      const loose = all.filter(({ pinned }) => pinned === 'no').map(({ name }) => `\`${name}\``);
      return `sans version fixée : ${loose.join(', ')}`;
    },
    where: (_, first) => at(first),
    look: '`pip freeze` montre les versions installées ; fixez-les par `==` : le projet se reconstruira à l’identique.',
  })
  .fault('requirements.not-listed', ({ unlisted }) => unlisted, {
    observed: (_, { file, line, module }) => `\`${file}\`, ligne ${line}, importe \`${module}\`, que rien n’installe`,
    where: (_, { file, line }) => ({ file, line }),
    look: (_, unlisted) => `Ajoutez \`${unlisted.package}\` à \`requirements.txt\`, avec sa version.`,
  })
  .fault('requirements.no-driver', ({ listed }) => listed.includes('sqlalchemy') && !hasDriver(listed), {
    observed: 'aucun pilote pour PostgreSQL dans la liste',
    look: 'SQLAlchemy parle à PostgreSQL par un pilote : ajoutez `psycopg2-binary`.',
  })
  .fault('requirements.numpy', ({ pandas }) => pandas, {
    observed: (_, { version }) =>
      `\`pandas${version}\` laisse venir numpy 2, avec lequel il ne peut pas être importé (« numpy.dtype size changed »)`,
    where: (_, pandas) => at(pandas),
    look: 'Prenez `pandas==2.1.3`, ou ajoutez une ligne `numpy==1.26.4`.',
  })
  .remark(
    'requirements.range',
    ({ all }) => all.find(({ pinned }) => pinned === 'within'),
    'Une fourchette laisse la version changer d’une construction à l’autre ; `==` la fixe.',
    (_, within) => at(within),
  )
  .untouched(({ blank }) => blank);

function at({ file, line }: Requirement): { file: string; line: number } {
  return { file, line };
}

/** A pandas version that was built for numpy 1 but does not declare it. */
function oldPandas(all: readonly Requirement[]): Requirement | undefined {
  const numpy = all.find(({ name }) => name === 'numpy');
  if (numpy && /^(==|~=)[01]\b|<2/.test(numpy.version)) return undefined;
  return all.find(({ name, version }) => name === 'pandas' && /^={2,3}(0\.|1\.|2\.0\.)/.test(version));
}

/** Packages named in a `pip install` of the Dockerfile itself. */
async function installedByDockerfile(view: LabView): Promise<string[]> {
  const installs = ((await view.file('Dockerfile')) ?? '').match(/pip3? install[^&|;\n]*(\\\n[^&|;\n]*)*/g) ?? [];
  return installs.flatMap((text) => text.split(/\s+/).map((word) => distribution(word.split(/[=<>~[]/)[0] ?? '')));
}
