import { criterion } from '../../criterion.ts';
import { dependencyOrder } from '../../readers/dockerfile/dependency-order.ts';
import { at, quote, written } from '../../readers/dockerfile/quote.ts';
import { readableDockerfile } from '../../readers/dockerfile/read-dockerfile.ts';

export const cacheOrder = criterion('1.3/cache-order', {
  needs: ['1.3/dockerfile'],
  expected: 'la liste des dépendances copiée seule et installée avant que le code n’arrive',
  async read(view) {
    const { model, source, image } = await readableDockerfile(view);
    const paths = (await view.entries()).map(({ path }) => path);
    const order = dependencyOrder(
      model,
      paths.filter((path) => path.endsWith('.py')),
    );
    const install = order.state === 'no-install' ? null : order.install;
    return { order, install, source, last: image.instructions.at(-1), copied: order.state === 'code-first' ? order.copy : null };
  },
  where: ({ install }) => at(install),
  evidence: ({ source, install, copied }) => (install ? [quote(source, (copied ?? install).line, install.endLine)] : []),
})
  .fault('deps.not-installed', ({ install }) => !install, {
    observed: 'aucune instruction `RUN` n’installe les dépendances',
    where: ({ last }) => at(last),
    look: 'Copiez `requirements.txt`, puis installez-le par `RUN pip install -r requirements.txt`.',
  })
  .fault('deps.list-missing', ({ order, install }) => order.state === 'list-missing' && install, {
    observed: (_, { line }) => `ligne ${line} : rien n’a copié la liste que pip doit lire`,
    look: 'Un `COPY requirements.txt .` doit venir avant cette ligne.',
  })
  .fault('cache.code-first', ({ copied }) => copied, {
    observed: ({ install }, copied) =>
      `\`${written(copied)}\` (ligne ${copied.line}) copie le code avant l’installation (ligne ${install?.line})`,
    where: (_, copied) => at(copied),
    look: 'Chaque changement du code fera réinstaller toutes les dépendances : copiez d’abord `requirements.txt` seul, puis, après `pip install`, le code.',
  })
  .remark(
    'cache.extra-copy',
    ({ order }) => order.state === 'dependencies-first' && order.config,
    'Cette copie vient avant l’installation : quand ces fichiers changent, les dépendances sont réinstallées.',
    (_, config) => at(config),
  );
