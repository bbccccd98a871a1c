/** Resolves at the first stop signal, or when the parent process has ended. A second Ctrl-C ends this process at once. */
export function stopSignal(onFirst: () => void): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) return;
      asked = true;
      onFirst();
      resolve();
    };
    process.on('SIGINT', () => {
      if (asked) process.exit(130);
      ask();
    });
    process.on('SIGTERM', ask);
    process.on('SIGHUP', ask);
    process.on('disconnect', ask);
  });
}
