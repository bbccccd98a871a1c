import type { Session } from './session.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import type { WorkspaceConnection } from './workspace-connection.ts';

export interface WorkbenchParts {
  readonly store: SnapshotStore;
  readonly workspace: WorkspaceConnection;
  readonly session: Session;
  /** Tries every connection again at once. */
  readonly retry: () => void;
  /** Brings a file of the project into the editor, at a line of it. */
  readonly openFile: (path: string, line: number | undefined) => void;
}

let parts: WorkbenchParts | undefined;

/** Sets what the elements of the workbench share; once, before they are defined. */
export function setWorkbenchParts(made: WorkbenchParts): void {
  parts = made;
}

/** What the elements of the workbench share. */
export function workbenchParts(): WorkbenchParts {
  if (parts === undefined) throw new Error('the workbench is used before it is made');
  return parts;
}
