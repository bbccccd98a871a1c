import { type Diagnostic, openLintPanel, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { FileProblem } from '../../../contract/files.ts';
import { codeLabel, codeSetup } from './code-setup.ts';
import { languageOf } from './languages.ts';
import type { OpenFile } from './open-file.ts';
import type { FoundProblems } from './problems.ts';
import { nameOf } from './tree-model.ts';

export interface CodeEvents {
  /** The learner changed the text of the file on screen. It may differ from the file that was just requested. */
  readonly edited: (file: OpenFile) => void;
  readonly moved: (line: number, column: number) => void;
}

/** Marks a change that the learner did not type. */
const fromDisk = Annotation.define<boolean>();

interface Kept {
  state: EditorState;
  /** The scroll position. */
  scroll?: ReturnType<EditorView['scrollSnapshot']>;
}

/** The text on screen, and the states (undo history, cursor, scroll position) of the other open files. */
export class CodeView {
  readonly #view: EditorView;
  readonly #events: CodeEvents;
  readonly #kept = new Map<OpenFile, Kept>();
  /** Extensions that depend on the file's name. */
  readonly #named = new Compartment();
  #current: OpenFile | undefined;

  constructor(root: ShadowRoot, parent: HTMLElement, events: CodeEvents) {
    this.#events = events;
    this.#view = new EditorView({ root, parent });
  }

  /** Shows a file. `text` is used only the first time. */
  show(file: OpenFile, path: string, text: string): void {
    if (this.#current === file) return;
    this.#put();
    this.#current = file;
    const kept = this.#kept.get(file);
    this.#view.setState(kept?.state ?? this.#make(path, text));
    if (kept?.scroll !== undefined) this.#view.dispatch({ effects: kept.scroll });
    this.#tellPlace();
  }

  text(file: OpenFile): string {
    return this.#state(file)?.sliceDoc() ?? '';
  }

  /** Replaces the text with another version, from the disk or chosen by the learner. The change can be undone. */
  replace(file: OpenFile, text: string): void {
    const state = this.#state(file);
    if (state === undefined) return;
    const change = smallestChange(state.doc, state.toText(text));
    if (change === undefined) return;
    const transaction = state.update({ changes: change, annotations: fromDisk.of(true) });
    if (file === this.#current) this.#view.dispatch(transaction);
    else this.#keep(file, transaction.state);
  }

  forget(file: OpenFile): void {
    this.#kept.delete(file);
    if (this.#current === file) this.#current = undefined;
  }

  /** Moves to a place that a verdict names, or to the end if the place is beyond it. */
  goTo(line: number, column = 1): void {
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const anchor = Math.min(at.from + column - 1, at.to);
    this.#view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
  }

  /** Returns false for a file that has never been shown. */
  setProblems(file: OpenFile, found: readonly FoundProblems[]): boolean {
    const state = this.#state(file);
    if (state === undefined) return false;
    const all = found.flatMap(({ source, problems }) => problems.map((problem) => diagnostic(state.doc, problem, source)));
    const transaction = state.update(setDiagnostics(state, all));
    if (file === this.#current) this.#view.dispatch(transaction);
    else this.#keep(file, transaction.state);
    return true;
  }

  listProblems(): void {
    openLintPanel(this.#view);
  }

  focus(): void {
    this.#view.focus();
  }

  #state(file: OpenFile): EditorState | undefined {
    return file === this.#current ? this.#view.state : this.#kept.get(file)?.state;
  }

  #keep(file: OpenFile, state: EditorState): void {
    const kept = this.#kept.get(file);
    if (kept !== undefined) kept.state = state;
  }

  #put(): void {
    if (this.#current !== undefined) this.#kept.set(this.#current, { state: this.#view.state, scroll: this.#view.scrollSnapshot() });
  }

  #make(path: string, text: string): EditorState {
    const heard = EditorView.updateListener.of(({ docChanged, selectionSet, transactions }) => {
      const disk = transactions.some((transaction) => transaction.annotation(fromDisk));
      if (docChanged && !disk && this.#current !== undefined) this.#events.edited(this.#current);
      if (docChanged || selectionSet) this.#tellPlace();
    });
    return EditorState.create({ doc: text, extensions: [codeSetup(path, text), this.#named.of(codeLabel(nameOf(path))), heard] });
  }

  /** Sets the language for the new name. It is loaded asynchronously. */
  async renamed(file: OpenFile, path: string): Promise<void> {
    const language = (await languageOf(path)?.()) ?? [];
    const state = this.#state(file);
    if (state === undefined) return;
    const transaction = state.update({ effects: this.#named.reconfigure([codeLabel(nameOf(path)), language]) });
    if (file === this.#current) this.#view.dispatch(transaction);
    else this.#keep(file, transaction.state);
  }

  #tellPlace(): void {
    const { doc, selection } = this.#view.state;
    const line = doc.lineAt(selection.main.head);
    this.#events.moved(line.number, selection.main.head - line.from + 1);
  }
}

/** A problem without a column is underlined at the first word of its line only. */
function diagnostic(doc: Text, { line, column = 1, severity, code, message }: FileProblem, source: string): Diagnostic {
  const at = doc.line(Math.min(line, doc.lines));
  const indent = /^\s*/.exec(at.text)?.[0].length ?? 0;
  const from = Math.min(at.from + Math.max(column - 1, indent), at.to);
  const word = /^\S+/.exec(at.text.slice(from - at.from))?.[0].length ?? 0;
  return {
    from,
    to: from + word,
    severity,
    message: message.replaceAll('`', ''),
    source: code === undefined ? source : `${source} ${code}`,
  };
}

/** A single change that leaves the common prefix and suffix untouched, so that the cursor stays in place. */
function smallestChange(before: Text, after: Text): { from: number; to: number; insert: Text } | undefined {
  if (before.eq(after)) return undefined;
  const one = before.toString();
  const other = after.toString();
  const most = Math.min(one.length, other.length);
  let head = 0;
  while (head < most && one.charCodeAt(head) === other.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < most - head && one.charCodeAt(one.length - 1 - tail) === other.charCodeAt(other.length - 1 - tail)) tail += 1;
  return { from: head, to: one.length - tail, insert: after.slice(head, other.length - tail) };
}
