import type { FileTree } from '../../../contract/files.ts';
import { h, icon, shape } from '../dom.ts';
import { firstExpanded, folderOf, foldersAbove, type TreeRow, visibleRows } from './tree-model.ts';

export interface TreeActions {
  readonly open: (path: string) => void;
  readonly rename: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly undo: () => void;
  readonly chosen: (row: TreeRow | undefined) => void;
}

/** The marks at the end of a row. */
export interface Marks {
  readonly modified: ReadonlySet<string>;
  /** Paths named by unmet criteria. */
  readonly unmet: ReadonlySet<string>;
}

/** The project as an ARIA tree: one row is focusable, arrow keys move between rows. */
export class TreeView {
  readonly element = h('div', { role: 'tree', class: 'tree', 'aria-label': 'Fichiers du projet' });
  readonly #actions: TreeActions;
  #tree: FileTree = { entries: [], truncated: false };
  #expanded: Set<string> | undefined;
  #rows: readonly TreeRow[] = [];
  #active: string | undefined;
  #open: string | undefined;
  #marks: Marks = { modified: new Set(), unmet: new Set() };
  #drawn = '';
  #typed = '';
  #typedAt = 0;

  constructor(actions: TreeActions) {
    this.#actions = actions;
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#click(event));
    this.element.addEventListener('focusin', (event) => this.#focused(event));
  }

  get active(): TreeRow | undefined {
    return this.#rows.find((row) => row.path === this.#active);
  }

  show(tree: FileTree): void {
    this.#tree = tree;
    if (this.#expanded === undefined && tree.entries.length > 0) this.#expanded = firstExpanded(tree.entries);
    this.#draw();
  }

  mark(marks: Marks): void {
    this.#marks = marks;
    this.#draw();
  }

  /** Marks the file shown in the editor and expands its folders. */
  reveal(path: string | undefined): void {
    if (this.#open === path) return;
    this.#open = path;
    if (path !== undefined) this.point(path);
    this.#draw();
    this.#item(path)?.scrollIntoView({ block: 'nearest' });
  }

  /** Makes a row the focusable one and expands its folders. */
  point(path: string): void {
    this.#expanded ??= firstExpanded(this.#tree.entries);
    for (const folder of foldersAbove(path)) this.#expanded.add(folder);
    this.#active = path;
    this.#draw();
  }

  focus(): void {
    (this.#item(this.#active) ?? this.#item(this.#rows[0]?.path))?.focus();
  }

  #draw(): void {
    this.#rows = visibleRows(this.#tree.entries, this.#expanded ?? new Set());
    if (!this.#rows.some((row) => row.path === this.#active)) this.#active = this.#near();
    const signature = JSON.stringify([this.#rows, this.#active, this.#open, [...this.#marks.modified], [...this.#marks.unmet]]);
    if (signature === this.#drawn) return;
    this.#drawn = signature;
    const hadFocus = this.element.contains(document.activeElement);
    const reachable = this.#active ?? this.#rows[0]?.path;
    this.element.replaceChildren(...this.#rows.map((row) => this.#row(row, row.path === reachable)));
    if (hadFocus) this.focus();
    this.#actions.chosen(this.active);
  }

  #row(row: TreeRow, reachable: boolean): HTMLElement {
    const modified = this.#marks.modified.has(row.path);
    const item = h(
      'div',
      {
        role: 'treeitem',
        'data-path': row.path,
        'aria-level': String(row.level),
        'aria-posinset': String(row.position),
        'aria-setsize': String(row.siblings),
        'aria-selected': String(row.path === this.#open),
        'aria-expanded': row.kind === 'folder' ? String(row.expanded) : undefined,
        tabindex: reachable ? '0' : '-1',
        title: row.kind === 'link' ? `${row.name}, lien` : undefined,
      },
      icon(row.kind === 'folder' ? 'chev' : row.kind === 'link' ? 'link' : 'file', row.expanded ? 'open' : ''),
      h('span', { class: 'name' }, row.name),
      modified && h('span', { class: 'mod', role: 'img', 'aria-label': 'pas encore enregistré' }),
      !modified && this.#marks.unmet.has(row.path) && shape('unmet', 'un critère pas atteint le cite'),
    );
    item.style.setProperty('--depth', String(row.level - 1));
    return item;
  }

  /** The row to focus after the active row was removed. */
  #near(): string | undefined {
    const folder = this.#active === undefined ? undefined : folderOf(this.#active);
    return this.#rows.find((row) => row.path === folder)?.path ?? this.#rows[0]?.path;
  }

  #item(path: string | undefined): HTMLElement | null {
    return path === undefined ? null : this.element.querySelector(`[data-path="${CSS.escape(path)}"]`);
  }

  #focused(event: FocusEvent): void {
    const path = event.target instanceof HTMLElement ? event.target.dataset.path : undefined;
    if (path !== undefined && path !== this.#active) this.#activate(path);
  }

  #activate(path: string | undefined): void {
    if (path === undefined) return;
    const before = this.#item(this.#active);
    if (before !== null) before.tabIndex = -1;
    this.#active = path;
    const item = this.#item(path);
    if (item !== null) item.tabIndex = 0;
    if (document.activeElement !== item) item?.focus();
    this.#actions.chosen(this.active);
  }

  #click(event: MouseEvent): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="treeitem"]') : null;
    const path = item?.dataset.path;
    if (path === undefined) return;
    this.#activate(path);
    this.#enter();
  }

  #enter(): void {
    const row = this.active;
    if (row?.kind === 'folder') this.#fold(row.path, !row.expanded);
    else if (row !== undefined) this.#actions.open(row.path);
  }

  #fold(path: string, open: boolean): void {
    this.#expanded ??= new Set();
    if (open) this.#expanded.add(path);
    else this.#expanded.delete(path);
    this.#draw();
  }

  #key(event: KeyboardEvent): void {
    const row = this.active;
    if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey) this.#actions.undo();
    else if (event.ctrlKey || event.metaKey || event.altKey || row === undefined) return;
    else if (event.key === 'Enter' || event.key === ' ') this.#enter();
    else if (event.key === 'F2') this.#actions.rename(row.path);
    else if (event.key === 'Delete') this.#actions.remove(row.path);
    else if (!this.#move(event.key, row) && !this.#spell(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #move(key: string, row: TreeRow): boolean {
    const at = this.#rows.indexOf(row);
    if (key === 'ArrowDown') this.#activate(this.#rows[at + 1]?.path);
    else if (key === 'ArrowUp') this.#activate(this.#rows[at - 1]?.path);
    else if (key === 'Home') this.#activate(this.#rows[0]?.path);
    else if (key === 'End') this.#activate(this.#rows.at(-1)?.path);
    else if (key === 'ArrowRight' && row.kind === 'folder' && !row.expanded) this.#fold(row.path, true);
    else if (key === 'ArrowRight' && row.expanded) this.#activate(this.#rows[at + 1]?.path);
    else if (key === 'ArrowLeft' && row.expanded) this.#fold(row.path, false);
    else if (key === 'ArrowLeft') this.#activate(folderOf(row.path) || undefined);
    else return false;
    this.#typed = '';
    return true;
  }

  /** Type-ahead: moves to the next row whose name begins with the letters typed since the last pause or move. */
  #spell({ key, timeStamp }: KeyboardEvent): boolean {
    if ([...key].length !== 1) return false;
    this.#typed = (timeStamp - this.#typedAt > 700 ? '' : this.#typed) + key.toLowerCase();
    this.#typedAt = timeStamp;
    const from = this.#rows.findIndex((row) => row.path === this.#active) + (this.#typed.length === 1 ? 1 : 0);
    const order = [...this.#rows.slice(from), ...this.#rows.slice(0, from)];
    this.#activate(order.find((row) => row.name.toLowerCase().startsWith(this.#typed))?.path);
    return true;
  }
}
