import type { Action } from '../actions.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { revealLab } from '../layout.ts';
import { openArchives } from './archives-dialog.ts';
import { askServer } from './ask-server.ts';
import type { LabElement } from './lab-element.ts';

/** Maximum time to wait for the lab to stop before starting it again. */
const STOP_MS = 60_000;

/** The actions on the lab and its terminals that are available now. */
export function labActions(element: LabElement | undefined): Action[] {
  const { lab, connection } = workbenchParts().store.now;
  if (element === undefined || connection.kind !== 'open') return [];
  if (lab?.state === 'ready') return [...terminalActions(element), ...readyActions(element)];
  if (lab === undefined || lab.state === 'stopped' || lab.state === 'failed')
    return [{ id: 'lab.start', group: 'Labo', title: 'Démarrer le labo', run: () => changeLab('start') }];
  return [];
}

function readyActions(element: LabElement): Action[] {
  const engine = workbenchParts().store.now.lab?.engine;
  return [
    ...(engine?.state === 'stopped'
      ? [{ id: 'lab.engine', group: 'Labo' as const, title: 'Démarrer le moteur Docker du labo', run: () => changeLab('start-engine') }]
      : []),
    { id: 'lab.restart', group: 'Labo', title: 'Redémarrer le labo', also: 'relancer', run: restart },
    { id: 'lab.stop', group: 'Labo', title: 'Arrêter le labo', also: 'éteindre pause', run: () => changeLab('stop') },
    {
      id: 'lab.reset',
      group: 'Labo',
      title: 'Remettre le labo à zéro',
      also: 'recommencer effacer vider reset',
      run: async () => {
        revealLab();
        await element.reset();
      },
    },
    {
      id: 'lab.archives',
      group: 'Labo',
      title: 'Rendre un projet archivé',
      also: 'archives sauvegarde récupérer restaurer',
      run: openArchives,
    },
    ...trialActions(),
  ];
}

function terminalActions(element: LabElement): Action[] {
  const { tabs } = element;
  if (tabs === undefined) return [];
  const group = 'Terminal';
  return [
    {
      id: 'terminal.new',
      group,
      title: 'Ouvrir un nouveau terminal',
      also: 'onglet shell',
      run: () => {
        revealLab();
        tabs.add.click();
      },
    },
    ...tabs.others().map(
      ({ number, show }): Action => ({
        id: `terminal.${number}`,
        group,
        title: `Passer au terminal ${number}`,
        also: 'onglet',
        run: () => {
          revealLab();
          show();
        },
      }),
    ),
  ];
}

/**
 * Trials offered by the open lesson. Each action presses the button in the criterion's row, so that the learner sees what is announced
 * there.
 */
function trialActions(): Action[] {
  return [...document.querySelectorAll<HTMLElement>('[data-pane="main"] [data-criterion]')].flatMap((row): Action[] => {
    const button = row.querySelector<HTMLButtonElement>('button.try:not([aria-disabled="true"])');
    if (button === null) return [];
    const title = `Lancer l’essai\u202f: ${row.querySelector('.name')?.textContent ?? ''}`;
    const run = (): void => {
      row.scrollIntoView({ block: 'center' });
      button.click();
    };
    return [{ id: `trial.${row.dataset.criterion ?? ''}`, group: 'Leçon ouverte', title, also: 'trial prouver', run }];
  });
}

/** Stops the lab, waits until it has stopped, and starts it again. Files, volumes and images are kept. */
async function restart(): Promise<void> {
  if (!(await changeLab('stop'))) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => end(), STOP_MS);
    const end = (): void => {
      clearTimeout(timer);
      queueMicrotask(() => unwatch());
      resolve();
    };
    const unwatch = workbenchParts().store.watch(({ lab }) => {
      if (lab?.state === 'stopped') end();
    });
  });
  await changeLab('start');
}

function changeLab(action: 'start' | 'stop' | 'start-engine'): Promise<boolean> {
  return askServer(() => workbenchParts().workspace.changeLab(action));
}
