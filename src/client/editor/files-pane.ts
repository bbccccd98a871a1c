import type { FileTree } from '../../../contract/files.ts';
import { french } from '../../lib/french.ts';
import { h, icon, sentence } from '../dom.ts';
import type { FileActions } from './file-actions.ts';
import { NameForm } from './name-form.ts';
import { folderOf, nameOf, type TreeRow } from './tree-model.ts';
import { type Marks, TreeView } from './tree-view.ts';

/** The project's files: the tree, and the actions on its active row. */
export class FilesPane {
  readonly element: HTMLElement;
  readonly #actions: FileActions;
  readonly #tree: TreeView;
  readonly #form = new NameForm(() => this.focus());
  readonly #note = h('div', { class: 'tree-note' });
  readonly #rename = button('rename', 'Renommer', () => this.#askRename(this.#tree.active?.path));
  readonly #remove = button('trash', 'Supprimer', () => this.#removeRow(this.#tree.active?.path));
  #known = false;

  constructor(actions: FileActions, open: (path: string) => void) {
    this.#actions = actions;
    this.#tree = new TreeView({
      open,
      rename: (path) => this.#askRename(path),
      remove: (path) => this.#removeRow(path),
      undo: () => void actions.undo(),
      chosen: (row) => this.#chosen(row),
    });
    const bar = h(
      'div',
      { class: 'bar' },
      h('h2', { id: 'fichiers' }, 'Fichiers'),
      h(
        'div',
        { class: 'end', role: 'toolbar', 'aria-label': 'Fichiers' },
        button('file-plus', 'Nouveau fichier', () => this.askNew('file')),
        button('folder-plus', 'Nouveau dossier', () => this.askNew('folder')),
        this.#rename,
        this.#remove,
      ),
    );
    this.element = h(
      'div',
      { class: 'files' },
      bar,
      this.#form.element,
      h('div', { class: 'tree-scroll' }, this.#tree.element, this.#note),
    );
    this.#say('Les fichiers arrivent…');
  }

  show(tree: FileTree): void {
    this.#known = true;
    this.#tree.element.hidden = tree.entries.length === 0;
    this.#tree.show(tree);
    if (tree.entries.length === 0)
      this.#say(
        'Le projet est vide. Créez un fichier ici, ou dans le terminal, où `touch Dockerfile` le fait aussi. Il apparaît de lui-même.',
      );
    else if (tree.truncated) this.#say(`Seuls les ${tree.entries.length} premiers fichiers sont montrés ; le terminal les voit tous.`);
    else this.#say('');
  }

  /** Files are unavailable for now. The known tree stays on screen. */
  away(text: string): void {
    if (!this.#known) this.#say(text);
  }

  mark(marks: Marks): void {
    this.#tree.mark(marks);
  }

  reveal(path: string | undefined): void {
    this.#tree.reveal(path);
  }

  focus(): void {
    if (this.#tree.element.hidden) this.element.querySelector<HTMLElement>('button')?.focus();
    else this.#tree.focus();
  }

  /** Asks for the name of a new entry: in the active row if it is a folder, else in the folder of the active row. */
  askNew(kind: 'file' | 'folder'): void {
    const row = this.#tree.active;
    const folder = row === undefined ? '' : row.kind === 'folder' && row.expanded ? row.path : folderOf(row.path);
    const value = folder === '' ? '' : `${folder}/`;
    this.#form.ask({
      label: kind === 'file' ? 'Nouveau fichier' : 'Nouveau dossier',
      value,
      selectFrom: value.length,
      answer: (path) => this.make(kind, path),
    });
  }

  /** Makes a row the active one and expands its folders. */
  point(path: string): void {
    this.#tree.point(path);
  }

  async make(kind: 'file' | 'folder', path: string): Promise<boolean> {
    const done = await (kind === 'file' ? this.#actions.create(path) : this.#actions.createFolder(path));
    if (done) this.#tree.point(path);
    return done;
  }

  #askRename(path: string | undefined): void {
    if (path === undefined) return;
    this.#form.ask({
      label: `Nouveau nom de ${nameOf(path)}`,
      value: path,
      selectFrom: path.length - nameOf(path).length,
      answer: async (to) => {
        if (to === path) return true;
        const done = await this.#actions.rename(path, to);
        if (done) this.#tree.point(to);
        return done;
      },
    });
  }

  #removeRow(path: string | undefined): void {
    if (path !== undefined) void this.#actions.remove(path);
  }

  #chosen(row: TreeRow | undefined): void {
    for (const each of [this.#rename, this.#remove]) each.setAttribute('aria-disabled', String(row === undefined));
  }

  #say(text: string): void {
    this.#note.replaceChildren(...(text === '' ? [] : [h('p', {}, ...sentence(french(text)))]));
  }
}

function button(symbol: string, label: string, onClick: () => void): HTMLButtonElement {
  const made = h('button', { type: 'button', class: 'btn bare icon small', 'aria-label': label, title: label }, icon(symbol));
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') onClick();
  });
  return made;
}
