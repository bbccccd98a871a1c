const ran = new Set<string>();
const listeners = new Set<() => void>();

/** A command without differences that do not matter: the shell's screen may wrap it. */
function plain(command: string): string {
  return command.trim().replace(/\s+/g, ' ');
}

/** The commands that have run and ended in the lab's terminals, as far as this page has seen them. */
export const ranCommands = {
  add: (command: string): void => {
    ran.add(plain(command));
    for (const listener of listeners) listener();
  },
  has: (command: string): boolean => ran.has(plain(command)),
  /** Calls back after each command. Returns the function that ends it. */
  watch: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
