import { EditorState } from '@codemirror/state';

/** French translations of CodeMirror's own texts. */
export const frenchPhrases = EditorState.phrases.of({
  'Go to line': 'Aller à la ligne',
  go: 'aller',
  Find: 'Chercher',
  Replace: 'Remplacer',
  next: 'suivant',
  previous: 'précédent',
  all: 'tous',
  'match case': 'casse',
  regexp: 'expression',
  'by word': 'mot entier',
  replace: 'remplacer',
  'replace all': 'tout remplacer',
  close: 'fermer',
  'current match': 'trouvé',
  'on line': 'à la ligne',
  'replaced $ matches': '$ remplacements',
  'replaced match on line $': 'remplacé à la ligne $',
  Diagnostics: 'Problèmes du fichier',
  'No diagnostics': 'Aucun problème',
  Completions: 'Propositions',
  'Control character': 'Caractère de contrôle',
  'Revert this chunk': 'Prendre ce passage du disque',
  '$ unchanged lines': '$ lignes identiques',
  'Selection deleted': 'Sélection supprimée',
});
