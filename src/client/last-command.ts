let last: string | undefined;

/** The last command of a lesson sent to a terminal from this page. */
export const lastCommand = {
  get: (): string | undefined => last,
  set: (command: string): void => {
    last = command;
  },
};
