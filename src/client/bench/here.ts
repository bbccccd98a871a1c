import type { Session } from './session.ts';
import type { Store } from './store.ts';
import type { Workspace } from './workspace.ts';

export interface BenchParts {
  readonly store: Store;
  readonly workspace: Workspace;
  readonly session: Session;
  /** Tries every line again at once. */
  readonly retry: () => void;
  /** Brings a file of the project into the editor, at a line of it. */
  readonly openFile: (path: string, line: number | undefined) => void;
}

let parts: BenchParts | undefined;

/** Sets what the elements of the workbench share; once, before they are defined. */
export function setBench(made: BenchParts): void {
  parts = made;
}

/** What the elements of the workbench share. */
export function bench(): BenchParts {
  if (parts === undefined) throw new Error('the workbench is used before it is made');
  return parts;
}
