import type { Control } from './definitions.ts';

export interface ControlOptions {
  /** Absolute path of the state folder. */
  readonly stateDir: string;
  /** One line for people, on standard error: « le labo se prépare », « une autre commande travaille »… */
  readonly onProgress?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** The server of this state folder if it runs, else its services here, under the lock. Waits up to 60 s for another command to end. */
export type OpenControl = (options: ControlOptions) => Promise<Control>;
