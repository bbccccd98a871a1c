import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Uses the page's own design tokens, so that light and dark themes follow. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', background: 'var(--well)', fontSize: 'var(--t-lab)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--mono)',
    lineHeight: 'var(--l-lab)',
    fontVariantLigatures: 'none',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--rule-strong) transparent',
  },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem 0 0.5rem' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { background: 'var(--sea-tint-2)' },
  '.cm-activeLine': { background: 'transparent' },
  '&.cm-focused .cm-activeLine': { background: 'color-mix(in oklch, var(--sea-tint) 60%, transparent)' },
  '.cm-gutters': { background: 'var(--well)', color: 'var(--ink-3)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2.25rem', padding: '0 0.5rem 0 0.25rem' },
  '.cm-activeLineGutter': { background: 'transparent', color: 'var(--ink-2)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { background: 'transparent', outline: '1px solid var(--rule-strong)' },
  '.cm-nonmatchingBracket': { background: 'transparent' },
  '.cm-specialChar': { color: 'var(--unmet)' },
  '.cm-searchMatch': { background: 'var(--waiting-tint)', outline: '1px solid var(--waiting-mark)' },
  '.cm-searchMatch-selected': { background: 'var(--sea-tint-2)' },
  '.cm-selectionMatch': { background: 'var(--sea-tint)' },
});

/**
 * Panels and tooltips. The linter's underlines and marks are drawn here, since its own are images that the content security policy refuses.
 */
const parts = EditorView.theme({
  '.cm-panels': { background: 'var(--panel)', color: 'var(--ink)', font: 'var(--t-14)/var(--l-14) var(--sans)' },
  '.cm-panels-bottom': { borderTop: '1px solid var(--rule)' },
  '.cm-panel input': {
    font: 'inherit',
    color: 'inherit',
    background: 'var(--well)',
    border: '1px solid var(--rule-strong)',
    borderRadius: 'var(--r-1)',
  },
  '.cm-panel button': { font: 'inherit', color: 'inherit' },
  '.cm-button': { background: 'none', border: '1px solid var(--rule-strong)', borderRadius: 'var(--r-1)' },
  '.cm-panel.cm-panel-lint ul': { maxHeight: '8rem' },
  '.cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]': {
    background: 'var(--sea-tint-2)',
    color: 'var(--ink)',
  },
  '.cm-panel button[name=close]': { minWidth: '1.5rem', minHeight: '1.5rem', cursor: 'pointer' },
  '.cm-panel.cm-search': { padding: '0.25rem 2rem 0.375rem 0.75rem' },
  '.cm-panel.cm-search :is(input:not([type=checkbox]), button)': { minHeight: '1.5rem', fontSize: 'var(--t-14)' },
  '.cm-panel.cm-search input[type=checkbox]': { inlineSize: '1rem', blockSize: '1rem', verticalAlign: 'middle' },
  '.cm-panel.cm-search label': { fontSize: 'var(--t-14)', display: 'inline-block', minHeight: '1.5rem' },
  '.cm-tooltip': {
    background: 'var(--paper)',
    color: 'var(--ink)',
    border: '1px solid var(--rule-strong)',
    borderRadius: 'var(--r-1)',
    font: 'var(--t-14)/var(--l-14) var(--sans)',
    maxWidth: '32rem',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--sea-tint-2)', color: 'var(--ink)' },
  '.cm-diagnostic': { padding: '0.25rem 0.75rem', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--unmet-mark)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--waiting-mark)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--unknown-mark)' },
  '.cm-diagnosticSource': { fontSize: 'var(--t-13)', opacity: '1', color: 'inherit' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--unmet-mark) 1px' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--waiting-mark) 1px' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--unknown-mark) 1px' },
  '.cm-lintPoint': { display: 'none' },
  '.cm-gutter-lint': { width: '1.125rem' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 0.25rem', display: 'grid', placeItems: 'center' },
  '.cm-lint-marker': { width: '0.75rem', height: '0.75rem', font: '700 0.8125rem/0.75rem var(--mono)', textAlign: 'center' },
  '.cm-lint-marker-error': { content: 'none' },
  '.cm-lint-marker-warning': { content: 'none' },
  '.cm-lint-marker-info': { content: 'none' },
  '.cm-lint-marker-error::before': { content: '"✕"', color: 'var(--unmet-mark)' },
  '.cm-lint-marker-warning::before': { content: '"▲"', color: 'var(--waiting-mark)' },
  '.cm-lint-marker-info::before': { content: '"●"', color: 'var(--unknown-mark)', fontSize: '0.5rem' },
});

/** As in the lessons: weight distinguishes more than hue. */
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.definition(tags.propertyName)], color: 'var(--code-key)', fontWeight: '600' },
  { tag: [tags.bool, tags.null, tags.atom, tags.tagName, tags.propertyName], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.number], color: 'var(--code-string)' },
  { tag: [tags.comment, tags.meta], color: 'var(--code-comment)' },
  { tag: [tags.separator, tags.punctuation], color: 'var(--ink-2)' },
  { tag: tags.invalid, color: 'var(--unmet)' },
]);

export const codeTheme: Extension = [look, parts, syntaxHighlighting(colours)];
