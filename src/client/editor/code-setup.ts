import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { codeTheme } from './code-theme.ts';
import { frenchPhrases } from './french-phrases.ts';
import { indentOf } from './languages.ts';

/** All but the language and the label, for a file of this name that holds this text. */
export function codeSetup(path: string, text: string): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ activateOnTyping: false }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches({ minSelectionLength: 3 }),
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    indentUnit.of(indentOf(path)),
    EditorState.tabSize.of(4),
    EditorState.lineSeparator.of(separatorOf(text)),
    frenchPhrases,
    codeTheme,
  ];
}

/** What a screen reader says on arrival; a text wider than its room is scrolled by the keyboard too. */
export function codeLabel(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': `${label}. Échap puis Tab pour sortir du texte.`, tabindex: '0' });
}

/** A file of the other world stays one; where both kinds of line ends are mixed, each stays as it is. */
export function separatorOf(text: string): string {
  const ends = text.match(/\r?\n/g) ?? [];
  return ends.length > 0 && ends.every((end) => end === '\r\n') ? '\r\n' : '\n';
}
