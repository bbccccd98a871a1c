export type ActionGroup = 'Leçons' | 'Leçon ouverte' | 'Terminal' | 'Éditeur' | 'Labo' | 'Affichage';

/** Something that the learner can do from the palette, registered by the part of the page that owns it. */
export interface Action {
  /** Stable, `lab.stop`. */
  readonly id: string;
  readonly group: ActionGroup;
  /** What the palette lists, in the infinitive: « Arrêter le labo ». */
  readonly title: string;
  /** Other words under which it is looked for. */
  readonly also?: string;
  /** The keys that do the same, as a keyboard names them: « Ctrl+S ». */
  readonly keys?: string;
  readonly run: () => unknown;
}

type Source = () => readonly Action[];

const sources = new Set<Source>();

/** Adds what can be done; `source` is asked each time the palette opens and leaves out what cannot be done now. The answer ends it. */
export function addActions(source: Source): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** All that can be done now, in the order of registration. */
export function allActions(): Action[] {
  return [...sources].flatMap((source) => source());
}
