import { addActions } from '../actions.ts';
import { showFront, showView, viewIsMap } from '../editor/workbench-split.ts';
import { revealLab } from '../layout.ts';
import { addPane } from '../panes.ts';
import type { MapElement } from './map-element.ts';

let opening: Promise<MapElement> | undefined;

/** Loads the map when it is first shown. */
function loadMap(): Promise<MapElement> {
  opening ??= load();
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

async function load(): Promise<MapElement> {
  const { MapElement } = await import('./map-element.ts');
  if (customElements.get('escale-map') === undefined) customElements.define('escale-map', MapElement);
  const element = document.querySelector('escale-map');
  if (!(element instanceof MapElement)) throw new Error('the page has no place for the map');
  return element;
}

/** Shows the map in the editor's place. */
export async function openMap(): Promise<void> {
  revealLab();
  showFront('editor');
  showView('map');
  await loadMap();
}

/** The tabs « Éditeur » and « Carte », the map's action in the palette, and its pane. */
export function startMap(): void {
  const tabs = [...document.querySelectorAll<HTMLElement>('.views [role="tab"]')];
  for (const tab of tabs) {
    tab.addEventListener('click', () => void (tab.dataset.view === 'map' ? openMap() : showView('editor')));
    tab.addEventListener('keydown', ({ key }) => {
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      const other = tabs.find((each) => each !== tab);
      other?.click();
      other?.focus();
    });
  }
  addActions(() => [
    {
      id: 'map.open',
      group: 'Labo',
      title: 'Ouvrir la carte',
      also: 'schéma services réseaux volumes conteneurs joindre',
      run: async () => {
        await openMap();
        (await loadMap()).enter();
      },
    },
  ]);
  addPane({
    id: 'map',
    name: () => 'Carte',
    element: () => (viewIsMap() ? document.querySelector('escale-map') : undefined),
    enter: async (last) => {
      await openMap();
      if (last) last.focus();
      else (await loadMap()).enter();
    },
  });
}
