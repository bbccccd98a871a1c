import type { Criterion, LabView } from '../../definitions.ts';
import { met, notMet, remark } from '../../probes/findings.ts';
import { hasDriver, unlistedImport } from '../../probes/python/needed-packages.ts';
import { readProgram } from '../../probes/python/read-program.ts';
import { distribution, REQUIREMENTS, type Requirement, readRequirements } from '../../probes/python/requirements.ts';

const expected = 'dans `requirements.txt`, tout ce que le programme importe, à des versions fixées';
const where = { file: REQUIREMENTS };

export const requirements: Criterion = {
  id: '1.2/requirements',
  needs: [],
  async judge(view) {
    if ((await view.file(REQUIREMENTS)) === null) {
      const look = 'Créez-le à côté de `etl_pipeline.py` ; une ligne par paquet.';
      return notMet('requirements.absent', { expected, observed: 'aucun fichier `requirements.txt`', where, look });
    }
    const { all, unreadable } = await readRequirements(view);
    if (unreadable) {
      const observed = `ligne ${unreadable.line} : pip ne sait pas lire \`${unreadable.text.slice(0, 100)}\``;
      const look = 'Une ligne s’écrit `paquet==version`.';
      return notMet('requirements.unreadable', { expected, observed, where: { file: unreadable.file, line: unreadable.line }, look });
    }
    if (all.length === 0) {
      const look = 'Écrivez-y ce que le programme importe, une ligne par paquet : `pandas==2.1.3`.';
      return notMet('requirements.empty', { expected, observed: '`requirements.txt` ne nomme aucun paquet', where, look });
    }
    const loose = all.filter(({ pinned }) => pinned === 'no');
    if (loose[0]) {
      const observed = `sans version fixée : ${loose.map(({ name }) => `\`${name}\``).join(', ')}`;
      const look = '`pip freeze` montre les versions installées ; fixez-les par `==` : le projet se reconstruira à l’identique.';
      return notMet('requirements.unpinned', { expected, observed, where: at(loose[0]), look });
    }
    return (await whatFails(view, all)) ?? met({ remarks: remarksOn(all) });
  },
};

async function whatFails(view: LabView, all: readonly Requirement[]) {
  const listed = [...all.map(({ name }) => name), ...(await installedByDockerfile(view))];
  const unlisted = unlistedImport(await readProgram(view), listed);
  if (unlisted) {
    return notMet('requirements.not-listed', {
      expected,
      observed: `\`${unlisted.file}\`, ligne ${unlisted.line}, importe \`${unlisted.module}\`, que rien n’installe`,
      where: { file: unlisted.file, line: unlisted.line },
      look: `Ajoutez \`${unlisted.package}\` à \`requirements.txt\`, avec sa version.`,
    });
  }
  if (listed.includes('sqlalchemy') && !hasDriver(listed)) {
    const look = 'SQLAlchemy parle à PostgreSQL par un pilote : ajoutez `psycopg2-binary`.';
    return notMet('requirements.no-driver', { expected, observed: 'aucun pilote pour PostgreSQL dans la liste', where, look });
  }
  const pandas = oldPandas(all);
  if (!pandas) return null;
  return notMet('requirements.numpy', {
    expected,
    observed: `\`pandas${pandas.version}\` laisse venir numpy 2, avec lequel il ne peut pas être importé (« numpy.dtype size changed »)`,
    where: at(pandas),
    look: 'Prenez `pandas==2.1.3`, ou ajoutez une ligne `numpy==1.26.4`.',
  });
}

function at({ file, line }: Requirement): { file: string; line: number } {
  return { file, line };
}

/** A pandas that was built for numpy 1 and does not say so. */
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

function remarksOn(all: readonly Requirement[]) {
  const within = all.find(({ pinned }) => pinned === 'within');
  const text = 'Une fourchette laisse la version changer d’une construction à l’autre ; `==` la fixe.';
  return within ? [remark('requirements.range', text, at(within))] : [];
}
