/** Does the jobs in their order, each by whichever worker is free; the answers stand in the order of the jobs. After a failure no other job is begun. */
export async function sideBySide<W, J, A>(
  workers: readonly W[],
  jobs: readonly J[],
  work: (worker: W, job: J) => Promise<A>,
): Promise<A[]> {
  const answers = new Map<number, A>();
  const waiting = jobs.entries();
  let failed = false;
  const shift = async (worker: W): Promise<void> => {
    for (const [index, job] of waiting) {
      if (failed) return;
      try {
        answers.set(index, await work(worker, job));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(workers.map(shift));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return [...answers].sort(([one], [other]) => one - other).map(([, answer]) => answer);
}
