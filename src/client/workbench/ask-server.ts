import { announce } from '../announce.ts';

/** Sends a request, and announces that the server could not be asked. Returns whether it was. */
export async function askServer(request: () => Promise<void>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch {
    announce('Le serveur n’a pas pu le faire. Essayez de nouveau.');
    return false;
  }
}
