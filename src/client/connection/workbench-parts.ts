import type { Session } from './session.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { WorkspaceConnection } from './workspace-connection.ts';

export interface WorkbenchParts {
  readonly store: SnapshotStore;
  readonly workspace: WorkspaceConnection;
  readonly session: Session;
  /** Reconnects every websocket at once. */
  readonly retry: () => void;
  /** Opens a file of the project in the editor, at a line. A path that ends with `/` is a folder's. */
  readonly openFile: (path: string, line: number | undefined) => void;
  /** Types a command in the terminal on screen, or in a new one. `button`: gets the focus back if the learner declines. */
  readonly run: (command: string, button: HTMLElement, fresh: boolean) => void;
}

let parts: WorkbenchParts | undefined;

/** Sets the parts shared by the elements of the workbench. Called once, before they are defined. */
export function setWorkbenchParts(made: WorkbenchParts): void {
  parts = made;
}

/** The parts shared by the elements of the workbench. */
export function workbenchParts(): WorkbenchParts {
  if (parts === undefined) throw new Error('the workbench is used before it is made');
  return parts;
}
