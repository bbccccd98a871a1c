import { MergeView, unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { codeLabel, codeSetup } from './code-setup.ts';
import { languageOf } from './languages.ts';

export interface Comparison {
  readonly path: string;
  readonly theirs: string;
  readonly mine: string;
}

/** Minimum width for two texts side by side. */
const TWO_PX = 576;

/**
 * Compares two versions of a file: the disk's, read-only, and the learner's, editable. Passages of the disk's version can be taken over.
 */
export class CompareView {
  /** True: side by side. False: a single text, with the disk's passages above the learner's. */
  readonly sideBySide: boolean;
  readonly #mine: EditorView;
  readonly #shown: MergeView | EditorView;

  private constructor(shown: MergeView | EditorView) {
    this.#shown = shown;
    this.sideBySide = shown instanceof MergeView;
    this.#mine = shown instanceof MergeView ? shown.b : shown;
    this.#mine.focus();
  }

  static async open(root: ShadowRoot, parent: HTMLElement, comparison: Comparison): Promise<CompareView> {
    const { path, theirs, mine } = comparison;
    const language = (await languageOf(path)?.()) ?? [];
    const side = (text: string, label: string): Extension => [codeLabel(label), codeSetup(path, text), language];
    if (parent.clientWidth < TWO_PX) {
      const both = unifiedMergeView({ original: theirs, mergeControls: passageButton });
      return new CompareView(new EditorView({ root, parent, doc: mine, extensions: [side(mine, 'Votre version'), both, passages] }));
    }
    const merge = new MergeView({
      root,
      parent,
      a: {
        doc: theirs,
        extensions: [side(theirs, 'Version du disque'), EditorState.readOnly.of(true)],
      },
      b: { doc: mine, extensions: side(mine, 'Votre version') },
      revertControls: 'a-to-b',
      renderRevertControl: revertButton,
      gutter: true,
      highlightChanges: true,
    });
    return new CompareView(merge);
  }

  /** The learner's text in its present state. */
  get mine(): string {
    return this.#mine.state.sliceDoc();
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
function passageButton(type: 'reject' | 'accept', act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = type === 'reject' ? 'Prendre ce passage du disque' : 'Garder le mien';
  button.addEventListener('click', act);
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
