import type { ArchiveCause, LabArchive, LabArchives } from '../../../contract/lab.ts';
import { moment } from '../../lib/french-date.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, icon, sentence } from '../dom.ts';
import { revealLab } from '../layout.ts';
import { bytes } from './seconds.ts';

const CAUSES: Readonly<Record<ArchiveCause, string>> = {
  reset: 'avant une remise à zéro',
  state: 'avant de poser l’état d’une tâche',
  restore: 'avant qu’une archive soit rendue',
};

/** Lists the archived projects in a dialog, each with a button that gives it back. */
export async function openArchives(): Promise<void> {
  const body = h('div', { class: 'archives-body' }, h('p', { class: 'quiet' }, 'Lecture des archives…'));
  const close = h('button', { type: 'button', class: 'btn bare icon', 'aria-label': 'Fermer' }, icon('close'));
  const dialog = h(
    'dialog',
    { class: 'picker archives', 'aria-labelledby': 'archives-titre' },
    h('div', { class: 'picker-field' }, h('h2', { id: 'archives-titre' }, 'Projets archivés'), close),
    body,
  );
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  try {
    body.replaceChildren(...drawArchives(await workbenchParts().workspace.archives(), dialog));
  } catch {
    body.replaceChildren(
      h('p', {}, ...sentence('Le serveur n’a pas pu lire les archives. Fermez cette liste, puis ouvrez-la de nouveau.')),
    );
  }
}

function drawArchives({ folder, archives }: LabArchives, dialog: HTMLDialogElement): HTMLElement[] {
  if (archives.length === 0) {
    const none = 'Aucun projet n’est archivé. Il en vient un chaque fois que votre projet est remplacé : à une remise à zéro, par exemple.';
    return [h('p', {}, ...sentence(none))];
  }
  const words = 'Rendre un projet le remet à sa place ; celui qui est là est archivé d’abord. Les dix derniers sont gardés, dans';
  return [
    h('p', {}, ...sentence(`${words} \`${folder}\`.`)),
    h('ul', {}, ...archives.map((archive) => h('li', {}, ...drawArchive(archive, dialog)))),
  ];
}

function drawArchive({ name, at, bytes: size, cause }: LabArchive, dialog: HTMLDialogElement): HTMLElement[] {
  const when = moment(new Date(at), new Date());
  const give = h('button', { type: 'button', class: 'btn small', 'aria-label': `Rendre le projet archivé ${when}` }, 'Rendre');
  give.addEventListener('click', async () => {
    give.setAttribute('aria-disabled', 'true');
    try {
      await workbenchParts().workspace.changeLab({ action: 'restore', archive: name });
      dialog.close();
      revealLab();
    } catch {
      give.removeAttribute('aria-disabled');
      give.after(h('small', { role: 'alert' }, 'Le serveur n’a pas répondu. Essayez de nouveau.'));
    }
  });
  return [
    h('span', { class: 'when' }, when.charAt(0).toUpperCase() + when.slice(1)),
    h('small', {}, `${CAUSES[cause]}, ${size < 2 ** 20 ? '1 Mo au plus' : bytes(size)}`),
    h('code', {}, name),
    give,
  ];
}
