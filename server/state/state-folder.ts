import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EscaleError } from '../errors/escale-error.ts';

/** The paths in a state folder. */
export interface StateFolder {
  readonly dir: string;
  readonly database: string;
  readonly lock: string;
  readonly serverFile: string;
  readonly archives: string;
  readonly log: string;
  /** Undo plans of trials. */
  readonly trials: string;
}

/** Opens the state folder; creates it if missing, readable by its owner only. */
export function openStateFolder(dir: string): StateFolder {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    chmodSync(dir, 0o700);
  } catch (error) {
    throw new EscaleError(
      'unavailable',
      'state.unwritable',
      {
        message: `Le dossier d’état ${dir} ne peut pas être créé ou ne vous appartient pas.`,
        hint: 'Donnez un dossier à vous, par --state DOSSIER ou la variable ESCALE_STATE.',
      },
      { cause: error },
    );
  }
  return {
    dir,
    database: join(dir, 'escale.db'),
    lock: join(dir, 'lock.db'),
    serverFile: join(dir, 'server.json'),
    archives: join(dir, 'archives'),
    log: join(dir, 'escale.log'),
    trials: join(dir, 'trials'),
  };
}
