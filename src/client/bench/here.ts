import type { Session } from './session.ts';
import type { Store } from './store.ts';
import type { Workspace } from './workspace.ts';

export interface BenchParts {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly session: Session;
  /** Reconnects every websocket at once. */
  readonly retry: () => void;
  /** Opens a file of the project in the editor, at a line. */
  readonly openFile: (path: string, line: number | undefined) => void;
}

let parts: BenchParts | undefined;

/** Sets the parts shared by the elements of the workbench. Called once, before they are defined. */
export function setBench(made: BenchParts): void {
  parts = made;
}

/** The parts shared by the elements of the workbench. */
export function bench(): BenchParts {
  if (parts === undefined) throw new Error('the workbench is used before it is made');
  return parts;
}
