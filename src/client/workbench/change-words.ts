import type { ChangeStep, LabChange } from '../../../contract/lab.ts';
import { type PanelStep, STEP_WORDS } from './lab-panel.ts';

/** A change of the project as the page tells it. */
export interface ChangeNews {
  readonly title: string;
  readonly steps: readonly PanelStep[];
  /** What became of the project that was there; empty while the change runs. */
  readonly text: string;
  /** The archive that can be given back, by its name. */
  readonly archive?: string | undefined;
}

const TITLES: Readonly<Record<LabChange['kind'], readonly [string, string]>> = {
  reset: ['Le labo se remet à zéro', 'Le labo est remis à zéro'],
  state: ['L’état de départ se met en place', 'L’état de départ est en place'],
  restore: ['Le projet archivé revient', 'Le projet archivé est revenu'],
};

/** `stepMs`: how long the step that runs has been running. */
export function changeNews(change: LabChange, stepMs: number): ChangeNews {
  const { kind, state, steps, archive, problem } = change;
  const [runs, done] = TITLES[kind];
  return {
    title: state === 'running' ? runs : state === 'done' ? done : `${runs} : échec`,
    steps: steps.map((step) => drawn(step, change, stepMs)),
    text: state === 'running' ? '' : [problem?.message, problem?.hint, whereabouts(change)].filter(Boolean).join(' '),
    archive: state === 'running' ? undefined : archive?.name,
  };
}

function drawn({ id, state, tookMs, detail }: ChangeStep, change: LabChange, stepMs: number): PanelStep {
  const [shape, word] = STEP_WORDS[state];
  const since = state === 'running' && stepMs >= 2000 ? `depuis ${Math.floor(stepMs / 1000)} s` : '';
  const notes = [detail ?? '', since].filter((part) => part !== '').join(', ');
  return { shape, word, title: titleOf(id, change), tookMs, notes: notes === '' ? [] : [notes], current: state === 'running' };
}

function titleOf(id: ChangeStep['id'], { kind, task }: LabChange): string {
  switch (id) {
    case 'archive':
      return kind === 'restore' ? 'Archiver le projet qui est là' : 'Archiver votre projet';
    case 'stop':
      return 'Arrêter le labo et ses conteneurs';
    case 'empty':
      return 'Effacer les données du moteur : conteneurs, réseaux, volumes, images';
    case 'start':
      return 'Redémarrer le labo avec un moteur neuf';
    case 'project':
      if (kind === 'restore') return 'Rendre le projet archivé';
      return kind === 'state' ? `Poser l’état d’avant ${task ?? 'la tâche'}` : 'Remettre le projet de départ';
  }
}

/** Where the project is that was there before. */
function whereabouts({ state, archive }: LabChange): string {
  if (archive) return `Le projet tel qu’il était est archivé dans \`${archive.path}\`.`;
  if (state === 'failed') return 'Votre projet n’a pas été touché.';
  return 'Le projet était vide : il n’y avait rien à archiver.';
}
