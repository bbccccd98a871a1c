export type ActionGroup = 'Leçons' | 'Leçon ouverte' | 'Terminal' | 'Éditeur' | 'Labo' | 'Affichage';

/** An action that the palette offers, registered by the part of the page that owns it. */
export interface Action {
  /** Stable id, `lab.stop`. */
  readonly id: string;
  readonly group: ActionGroup;
  /** The title in the palette, in the infinitive: « Arrêter le labo ». */
  readonly title: string;
  /** Other words by which it can be found. */
  readonly also?: string;
  /** The keyboard shortcut, as printed on the keys: « Ctrl+S ». */
  readonly keys?: string;
  readonly run: () => unknown;
}

type Source = () => readonly Action[];

const sources = new Set<Source>();

/**
 * Registers a source of actions. It is called each time the palette opens and returns only what can be done at that moment. Returns a
 * function that unregisters it.
 */
export function addActions(source: Source): () => void {
  sources.add(source);
  return () => sources.delete(source);
}

/** All actions available now, in the order of registration. */
export function allActions(): Action[] {
  return [...sources].flatMap((source) => source());
}
