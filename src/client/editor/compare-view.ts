import { getOriginalDoc, MergeView, originalDocChangeEffect, unifiedMergeView } from '@codemirror/merge';
import { ChangeSet, EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { codeLabel, codeSetup } from './code-setup.ts';
import { languageOf } from './languages.ts';

export interface Comparison {
  readonly path: string;
  readonly theirs: string;
  readonly mine: string;
  /** The learner changed their version, by typing or by taking over a passage. */
  readonly edited: (mine: string) => void;
}

/** Minimum width for two texts side by side. */
const TWO_PX = 576;

/**
 * Compares two versions of a file: the disk's, read-only, and the learner's, editable. Passages of the disk's version can be taken over.
 */
export class CompareView {
  /** True: side by side. False: a single text, with the disk's passages above the learner's. */
  readonly sideBySide: boolean;
  readonly #shown: MergeView | EditorView;

  private constructor(shown: MergeView | EditorView) {
    this.#shown = shown;
    this.sideBySide = shown instanceof MergeView;
    (shown instanceof MergeView ? shown.b : shown).focus();
  }

  /** `parent`: in the shadow root that has the editor's styles. */
  static async open(parent: HTMLElement, comparison: Comparison): Promise<CompareView> {
    const { path, theirs, mine, edited } = comparison;
    const language = (await languageOf(path)?.()) ?? [];
    const root = parent.getRootNode();
    if (!(root instanceof ShadowRoot)) throw new Error('the comparison needs a shadow root');
    const side = (text: string, label: string): Extension => [codeLabel(label), codeSetup(path, text), language];
    const ours = [
      side(mine, 'Votre version'),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) edited(state.sliceDoc());
      }),
    ];
    if (parent.clientWidth < TWO_PX) {
      const both = unifiedMergeView({ original: theirs, mergeControls: passageButton });
      return new CompareView(new EditorView({ root, parent, doc: mine, extensions: [ours, both, passages] }));
    }
    const merge = new MergeView({
      root,
      parent,
      a: {
        doc: theirs,
        extensions: [side(theirs, 'Version du disque'), EditorState.readOnly.of(true)],
      },
      b: { doc: mine, extensions: ours },
      revertControls: 'a-to-b',
      renderRevertControl: revertButton,
      gutter: true,
      highlightChanges: true,
    });
    return new CompareView(merge);
  }

  /** The disk's version has changed again. */
  update(theirs: string): void {
    if (this.#shown instanceof MergeView) {
      const { state } = this.#shown.a;
      this.#shown.a.dispatch({ changes: { from: 0, to: state.doc.length, insert: state.toText(theirs) } });
    } else {
      const { state } = this.#shown;
      const { length } = getOriginalDoc(state);
      const change = ChangeSet.of({ from: 0, to: length, insert: state.toText(theirs) }, length);
      this.#shown.dispatch({ effects: originalDocChangeEffect(state, change) });
    }
  }

  close(): void {
    this.#shown.destroy();
  }
}

function revertButton(): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'bring';
  button.textContent = '→';
  button.setAttribute('aria-label', 'Prendre ce passage du disque');
  return button;
}

/** Buttons under each passage of the disk's version: reject the learner's change, or keep it. */
function passageButton(type: 'reject' | 'accept', onClick: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = type === 'reject' ? 'Prendre ce passage du disque' : 'Garder le mien';
  button.addEventListener('click', onClick);
  return button;
}

/** Replaces the library's style, which draws its buttons over the text, white on green and red. */
const passages = EditorView.theme({
  '.cm-deletedChunk .cm-chunkButtons': { position: 'static', display: 'flex', flexWrap: 'wrap', gap: '0.5rem', padding: '0.25rem 0' },
  '.cm-deletedChunk .cm-chunkButtons button': {
    minHeight: '2.75rem',
    margin: '0',
    padding: '0 0.75rem',
    font: 'var(--t-14)/var(--l-14) var(--sans)',
    color: 'var(--ink)',
    background: 'var(--well)',
    border: '1px solid var(--rule-strong)',
    borderRadius: 'var(--r-1)',
  },
});
