import type { Verb } from './definitions.ts';

/** The list of verbs, as `escale help` prints it. */
export function helpText(verbs: readonly Verb[]): string {
  const lines = verbs.map(({ name, usage, summary }) => `  escale ${`${name} ${usage}`.trim()}\n      ${summary}`);
  return `Escale : apprendre Docker en le faisant.\n\n  escale serve [--port N] [--locked] [--no-open]\n      Prépare et sert le cours, comme « npm start ».\n${lines.join('\n')}\n\nPartout : --json (un document JSON sur la sortie), --state DOSSIER (ou ESCALE_STATE).\nSorties : 0 fait, 1 non acquis, 2 indécis, 64 usage, 69 indisponible, 70 erreur d’Escale.\n`;
}
