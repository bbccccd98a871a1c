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

/** The editor's extensions for a file with this name and text, except the language and the label. */
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

/** The label that screen readers announce on focus. `tabindex` lets the keyboard scroll a text that is too wide. */
export function codeLabel(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': `${label}. Échap puis Tab pour sortir du texte.`, tabindex: '0' });
}

/** A file with CRLF line ends keeps them. In a file with mixed line ends, each one is kept unchanged. */
export function separatorOf(text: string): string {
  const ends = text.match(/\r?\n/g) ?? [];
  return ends.length > 0 && ends.every((end) => end === '\r\n') ? '\r\n' : '\n';
}
