import '../connection/no-eval.ts';

import type { LabState } from '../../../contract/lab.ts';
import { french } from '../../lib/french.ts';
import { addActions } from '../actions.ts';
import { onToken } from '../address-token.ts';
import { announce } from '../announce.ts';
import { Session } from '../connection/session.ts';
import { SnapshotStore } from '../connection/snapshot-store.ts';
import { setWorkbenchParts, workbenchParts } from '../connection/workbench-parts.ts';
import { WorkspaceConnection } from '../connection/workspace-connection.ts';
import { openEditor, watchForEditor } from '../editor/open-editor.ts';
import { restoreSplit, showFront } from '../editor/workbench-split.ts';
import { openMap, startMap } from '../map/open-map.ts';
import { TerminalElement } from '../terminal/terminal-element.ts';
import { BaseElement } from './base-element.ts';
import { CriteriaElement } from './criteria-element.ts';
import { ImagesElement } from './images-element.ts';
import { labActions } from './lab-actions.ts';
import { LabElement } from './lab-element.ts';
import { panelOf } from './lab-panel.ts';
import { PortsElement } from './ports-element.ts';
import { ask, note } from './question.ts';
import { StatusElement } from './status-element.ts';
import { StripElement } from './strip-element.ts';
import { WireElement } from './wire-element.ts';
import { WorkshopElement } from './workshop-element.ts';

/** Maximum time that a command waits for the shell. */
const PATIENCE_MS = 8000;

/** The states of a lab that is ready soon. */
const COMING: readonly LabState[] = ['asleep', 'creating', 'starting'];

const session = new Session();
const store = new SnapshotStore();
const workspace = new WorkspaceConnection(store, session);
const retry = (): void => workspace.retry();
/** Opens a file of the project in the editor, at a line. */
export const openFile = (path: string, line?: number): void => void openEditor().then((editor) => editor.open(path, line));
const runFrom = (command: string, button: HTMLElement, fresh: boolean): void => {
  if (fresh) lab()?.tabs?.add.click();
  void run(command, button);
};
setWorkbenchParts({ store, workspace, session, retry, openFile, run: runFrom });
restoreSplit();

customElements.define('escale-terminal', TerminalElement);
customElements.define('escale-lab', LabElement);
customElements.define('escale-status', StatusElement);
customElements.define('escale-images', ImagesElement);
customElements.define('escale-ports', PortsElement);
customElements.define('escale-wire', WireElement);
customElements.define('escale-criteria', CriteriaElement);
customElements.define('escale-strip', StripElement);
customElements.define('escale-base', BaseElement);
customElements.define('escale-workshop', WorkshopElement);
workspace.start();
watchForEditor();
startMap();
addEventListener('online', retry);
onToken(retry);
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') retry();
});
followKeyboard();
addActions(() => labActions(lab()));

function lab(): LabElement | undefined {
  const element = document.querySelector('escale-lab');
  return element instanceof LabElement ? element : undefined;
}

export { openMap };

/** Focuses the terminal, or the panel shown in its place. */
export function focusTerminal(): void {
  showFront('terminal');
  queueMicrotask(() => lab()?.enter());
}

/** Requests new verdicts for the open lesson. */
export function check(): void {
  const task = document.querySelector<HTMLElement>('[data-pane="main"]')?.dataset.task;
  if (task !== undefined && workspace.check(task)) announce('Vérification en cours');
}

/** Types a command of the lesson in the visible terminal; asks the learner first if the terminal is not idle. */
export async function run(command: string, button: HTMLElement): Promise<void> {
  await new Promise<void>((resolve) => queueMicrotask(resolve));
  showFront('terminal');
  const element = lab();
  const stack = element?.querySelector<HTMLElement>('.term-stack');
  const terminal = element?.tabs?.current;
  if (!stack || !terminal) return;
  const known = await labIsReady();
  if (!known) {
    const { now } = workbenchParts().store;
    const why = panelOf(now, Date.now(), undefined)?.title;
    const away = now.connection.kind === 'open' ? 'Le labo n’est pas prêt' : 'La connexion au serveur est perdue';
    note(stack, `${why ?? away} : rien n’a été tapé.`);
    return;
  }
  let outcome = await terminal.run(command, false, PATIENCE_MS);
  if (outcome === 'busy' || outcome === 'not-empty') {
    const program = terminal.foreground;
    const text =
      outcome === 'busy'
        ? `Un programme tourne dans le terminal ${terminal.number}${program === '' ? '' : ` (${program})`} : ce que l’on tape lui est destiné.`
        : `L’invite du terminal ${terminal.number} contient déjà du texte.`;
    if (!(await ask(stack, { text: french(text), command, yes: 'Insérer quand même' }))) {
      button.focus();
      return;
    }
    outcome = await terminal.run(command, true, 0);
  }
  if (outcome === 'typed') terminal.focus();
  else if (outcome === 'offline') note(stack, 'Le terminal n’est pas relié au labo : rien n’a été tapé.');
  else if (outcome === 'unknown') note(stack, 'La connexion s’est perdue pendant l’envoi. Regardez dans le terminal avant de recommencer.');
}

/** Waits up to `PATIENCE_MS` for the connection and for the first state of the lab: a click may come before them. */
function labIsReady(): Promise<boolean> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => end(false), PATIENCE_MS);
    const end = (ready: boolean): void => {
      clearTimeout(deadline);
      queueMicrotask(() => stop());
      resolve(ready);
    };
    const stop = workbenchParts().store.watch(({ known, connection, lab: status }) => {
      if (connection.kind === 'down' || connection.kind === 'ended') end(false);
      else if (connection.kind === 'open' && known && status !== undefined && !COMING.includes(status.state)) end(status.state === 'ready');
    });
  });
}

/** On a phone, keeps the terminal above the on-screen keyboard. */
function followKeyboard(): void {
  const view = window.visualViewport;
  if (view === null) return;
  const follow = (): void => document.documentElement.style.setProperty('--visible', `${view.height}px`);
  view.addEventListener('resize', follow);
  follow();
}
