import { MergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { codeLabel, codeSetup } from './code-setup.ts';
import { languageOf } from './languages.ts';

export interface Comparison {
  readonly path: string;
  readonly theirs: string;
  readonly mine: string;
}

/** Two texts of one file side by side: the disk's, to read, and the learner's, to write; the arrows bring passages over. */
export class CompareView {
  readonly #merge: MergeView;

  private constructor(merge: MergeView) {
    this.#merge = merge;
  }

  static async open(root: ShadowRoot, parent: HTMLElement, { path, theirs, mine }: Comparison): Promise<CompareView> {
    const language = (await languageOf(path)?.()) ?? [];
    const side = (text: string, label: string): Extension => [codeLabel(label), codeSetup(path, text), language];
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
    // On a narrow screen one goes from side to side.
    merge.dom.style.minInlineSize = '36rem';
    merge.b.focus();
    return new CompareView(merge);
  }

  /** The learner's text as it is now. */
  get mine(): string {
    return this.#merge.b.state.sliceDoc();
  }

  close(): void {
    this.#merge.destroy();
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
