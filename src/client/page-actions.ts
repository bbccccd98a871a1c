import { type Action, addActions } from './actions.ts';
import { openBench } from './bench-door.ts';
import { copyText } from './copy.ts';
import { lastCommand } from './last-command.ts';
import { type Layout, show, shown } from './layout.ts';
import { enterPane, goToPane } from './panes.ts';
import { toggleTheme } from './theme.ts';

/** The actions available on every page, before the workbench is loaded. */
export function addPageActions(): void {
  addActions(lessonActions);
  addActions(layoutActions);
}

function lessonActions(): Action[] {
  if (document.body.dataset.view !== 'lesson') return [];
  const next = document.querySelector<HTMLAnchorElement>('.pager a[rel="next"]');
  const previous = document.querySelector<HTMLAnchorElement>('.pager a[rel="prev"]');
  const criteria = document.getElementById('criteres');
  const command = lastCommand.get();
  const group = 'Leçon ouverte';
  const actions: (Action | false | null)[] = [
    next && { id: 'lesson.next', group, title: `Leçon suivante\u202f: ${next.innerText}`, run: () => next.click() },
    previous && { id: 'lesson.previous', group, title: `Leçon précédente\u202f: ${previous.innerText}`, run: () => previous.click() },
    criteria && {
      id: 'lesson.check',
      group,
      title: 'Vérifier les critères maintenant',
      also: 'check valider tester',
      run: async () => (await openBench()).check(),
    },
    criteria && { id: 'lesson.criteria', group, title: 'Aller aux critères', run: () => criteria.scrollIntoView() },
    { id: 'lesson.enter', group, title: 'Aller à la leçon', also: 'lire volet', keys: 'F6', run: () => enterPane('lesson') },
    { id: 'lesson.print', group, title: 'Imprimer la leçon', also: 'papier pdf', keys: 'Ctrl+P', run: () => print() },
    command !== undefined && {
      id: 'terminal.copy-last',
      group: 'Terminal',
      title: `Copier la dernière commande exécutée\u202f: ${command.split('\n', 1)[0]}`,
      also: 'presse-papiers',
      run: () => copyText(command),
    },
    {
      id: 'terminal.enter',
      group: 'Terminal',
      title: 'Aller au terminal',
      also: 'shell ouvrir volet',
      keys: 'F6',
      run: () => enterPane('terminal'),
    },
  ];
  return actions.filter((action) => action !== false && action !== null);
}

function layoutActions(): Action[] {
  const group = 'Affichage';
  const theme: Action = {
    id: 'view.theme',
    group,
    title: 'Changer de thème, clair ou sombre',
    also: 'couleurs nuit jour',
    run: toggleTheme,
  };
  if (document.body.dataset.view !== 'lesson') return [theme];
  const layouts: readonly (readonly [Layout, string])[] = [
    ['lesson', 'Afficher la leçon seule'],
    ['both', 'Afficher la leçon et le labo'],
    ['lab', 'Afficher le labo seul'],
  ];
  const now = shown();
  return [
    theme,
    ...layouts
      .filter(([layout]) => layout !== now && (layout !== 'both' || matchMedia('(min-width: 1100px)').matches))
      .map(([layout, title]): Action => ({ id: `view.${layout}`, group, title, also: 'disposition', run: () => show(layout) })),
    { id: 'view.next-pane', group, title: 'Passer au volet suivant', also: 'sortir du terminal', keys: 'F6', run: () => goToPane(1) },
    { id: 'view.previous-pane', group, title: 'Passer au volet précédent', keys: 'Maj+F6', run: () => goToPane(-1) },
  ];
}
