import type { Criterion } from '../../definitions.ts';
import { dependencyOrder } from '../../probes/dockerfile/dependency-order.ts';
import { at, quote, written } from '../../probes/dockerfile/quote.ts';
import { readableDockerfile } from '../../probes/dockerfile/read-dockerfile.ts';
import { met, notMet, remark } from '../../probes/findings.ts';

const expected = 'la liste des dépendances copiée seule et installée avant que le code n’arrive';

export const cacheOrder: Criterion = {
  id: '1.3/cache-order',
  needs: ['1.3/dockerfile'],
  async judge(view) {
    const { model, source, image } = await readableDockerfile(view);
    const order = dependencyOrder(model);
    switch (order.state) {
      case 'no-install':
        return notMet('deps.not-installed', {
          expected,
          observed: 'aucune instruction `RUN` n’installe les dépendances',
          where: at(image.instructions.at(-1)),
          look: 'Copiez `requirements.txt`, puis installez-le par `RUN pip install -r requirements.txt`.',
        });
      case 'list-missing':
        return notMet('deps.list-missing', {
          expected,
          observed: `ligne ${order.install.line} : rien n’a copié la liste que pip doit lire`,
          where: at(order.install),
          look: 'Un `COPY requirements.txt .` doit venir avant cette ligne.',
        });
      case 'code-first':
        return notMet(
          'cache.code-first',
          {
            expected,
            observed: `\`${written(order.copy)}\` (ligne ${order.copy.line}) copie le code avant l’installation (ligne ${order.install.line})`,
            where: at(order.copy),
            look: 'Chaque changement du code fera réinstaller toutes les dépendances : copiez d’abord `requirements.txt` seul, et le code après `pip install`.',
          },
          { evidence: [quote(source, order.copy.line, order.install.endLine)] },
        );
      case 'dependencies-first': {
        const { config } = order;
        const text = 'Cette copie vient avant l’installation : quand ces fichiers changent, les dépendances sont réinstallées.';
        return met({
          evidence: [quote(source, order.install.line, order.install.endLine)],
          remarks: config ? [remark('cache.extra-copy', text, at(config))] : [],
        });
      }
    }
  },
};
