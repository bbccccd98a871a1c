import { addActions } from '../actions.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { revealLab } from '../layout.ts';
import { addPane } from '../panes.ts';
import type { EditorElement } from './editor-element.ts';
import { startSplit, viewIsMap } from './workbench-split.ts';

let opening: Promise<EditorElement> | undefined;

/** Loads the editor, when the lab is first ready or a file is requested. */
export function openEditor(): Promise<EditorElement> {
  opening ??= load();
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

/** Opens the editor as soon as the lab is ready. */
export function watchForEditor(): void {
  workbenchParts().store.watch(({ connection, lab }) => {
    if (connection.kind === 'open' && lab?.state === 'ready') void openEditor();
  });
}

async function load(): Promise<EditorElement> {
  const { EditorElement } = await import('./editor-element.ts');
  if (customElements.get('escale-editor') === undefined) customElements.define('escale-editor', EditorElement);
  const element = document.querySelector('escale-editor');
  if (!(element instanceof EditorElement)) throw new Error('the page has no place for the editor');
  startSplit();
  addPane({
    id: 'editor',
    name: () => (element.openPath === undefined ? 'Éditeur' : `Éditeur, ${element.openPath}`),
    element: () => (viewIsMap() ? undefined : element),
    enter: () => {
      revealLab();
      element.enter();
    },
  });
  addActions(() => editorActions(element));
  return element;
}

function editorActions(element: EditorElement): ReturnType<Parameters<typeof addActions>[0]> {
  const group = 'Éditeur';
  const shown = (show: () => void) => (): void => {
    revealLab();
    show();
  };
  return [
    { id: 'editor.enter', group, title: 'Aller à l’éditeur', also: 'texte volet', keys: 'F6', run: shown(() => element.enter()) },
    { id: 'editor.files', group, title: 'Aller aux fichiers', also: 'arborescence projet', run: shown(() => element.showTree()) },
    { id: 'editor.new-file', group, title: 'Créer un fichier', also: 'nouveau', run: shown(() => element.askNew('file')) },
    { id: 'editor.new-folder', group, title: 'Créer un dossier', also: 'nouveau répertoire', run: shown(() => element.askNew('folder')) },
    {
      id: 'editor.undo',
      group,
      title: 'Annuler la dernière opération sur les fichiers',
      also: 'restaurer corbeille supprimer',
      run: () => element.undo(),
    },
    ...(element.openPath === undefined
      ? []
      : [{ id: 'editor.save', group, title: `Enregistrer ${element.openPath}`, keys: 'Ctrl+S', run: () => element.save() } as const]),
  ];
}
