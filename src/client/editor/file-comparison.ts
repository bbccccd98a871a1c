import type { FileContent } from '../../../contract/files.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { CodeView } from './code-view.ts';
import type { CompareView } from './compare-view.ts';
import type { Notice } from './notice.ts';
import type { OpenFile } from './open-file.ts';

export interface ComparisonParts {
  readonly code: () => Promise<CodeView>;
  /** Makes the place of the comparison, in front of the text. */
  readonly enter: () => HTMLElement;
  readonly leave: () => void;
  /** The learner saves their version over `theirs`, the disk's version that they saw beside it. */
  readonly settle: (file: OpenFile, theirs: FileContent) => void;
}

interface Shown {
  readonly view: CompareView;
  readonly file: OpenFile;
  theirs: FileContent;
}

/** The comparison of a file's two versions. What is typed in it is the file's text at once, as in the editor. */
export class FileComparison {
  readonly #parts: ComparisonParts;
  #shown: Shown | undefined;
  #opening = false;

  constructor(parts: ComparisonParts) {
    this.#parts = parts;
  }

  /** Undefined while nothing is compared. */
  get notice(): Notice | undefined {
    if (this.#shown === undefined) return undefined;
    const { sideBySide } = this.#shown.view;
    return {
      text: sideBySide
        ? 'À gauche, le disque ; à droite, votre version, que vous pouvez changer. Les flèches y amènent un passage.'
        : 'Voici votre version, que vous pouvez changer. Chaque passage que le disque a d’autre est au-dessus du vôtre.',
      choices: [
        [sideBySide ? 'Enregistrer la version de droite' : 'Enregistrer cette version', () => this.#settle()],
        ['Revenir au choix', () => this.end()],
      ],
    };
  }

  async begin(file: OpenFile): Promise<void> {
    if (this.#opening || this.#shown !== undefined) return;
    this.#opening = true;
    try {
      const { CompareView } = await import('./compare-view.ts');
      const code = await this.#parts.code();
      const theirs = theirsOf(file);
      if (theirs === undefined) return;
      const edited = (text: string): void => {
        code.replace(file, text);
        file.edit(() => code.text(file));
      };
      const comparison = { path: file.path, theirs: theirs.text ?? '', mine: file.text, edited };
      this.#shown = { view: await CompareView.open(this.#parts.enter(), comparison), file, theirs };
    } finally {
      this.#opening = false;
    }
  }

  /** Shows what the disk has now. Ends when there is nothing to choose any more, or another file is on screen. */
  follow(current: OpenFile | undefined): void {
    if (this.#shown === undefined) return;
    const { view, file, theirs } = this.#shown;
    const now = theirsOf(file);
    if (file !== current || now === undefined || now.text === null) this.end();
    else if (now.version !== theirs.version) {
      this.#shown.theirs = now;
      view.update(now.text);
      announce(french('Le fichier a encore changé sur le disque : la comparaison montre sa nouvelle version.'));
    }
  }

  end(): void {
    if (this.#shown === undefined) return;
    this.#shown.view.close();
    this.#shown = undefined;
    this.#parts.leave();
  }

  #settle(): void {
    if (this.#shown === undefined) return;
    const { file, theirs } = this.#shown;
    this.end();
    this.#parts.settle(file, theirs);
  }
}

/** The disk's version, against which the learner has to choose. */
export function theirsOf({ state }: OpenFile): FileContent | undefined {
  return state.kind === 'conflict' ? state.theirs : undefined;
}
