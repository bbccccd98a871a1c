/** Calls made while another call runs share its result. */
export function singleFlight<A, T>(work: (argument: A) => Promise<T>): (argument: A) => Promise<T> {
  let underWay: Promise<T> | null = null;
  return (argument) => {
    underWay ??= work(argument).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
