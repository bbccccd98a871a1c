let last: string | undefined;

/** The command of a lesson that was last sent to a terminal from this page. */
export const lastCommand = {
  get: (): string | undefined => last,
  set: (command: string): void => {
    last = command;
  },
};
