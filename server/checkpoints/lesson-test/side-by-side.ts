/**
 * Does all jobs with these workers in parallel; returns the answers in the order of the jobs. Neighbouring jobs go to the same worker, because they
 * share build layers. A worker without jobs takes the last one of the worker with most jobs left. After a failure, no further job is started.
 */
export async function sideBySide<W, J, A>(
  workers: readonly W[],
  jobs: readonly J[],
  work: (worker: W, job: J) => Promise<A>,
): Promise<A[]> {
  const each = Math.ceil(jobs.length / workers.length);
  const numbered = [...jobs.entries()];
  const shares = workers.map((_, index) => numbered.slice(index * each, (index + 1) * each));
  const answers = new Map<number, A>();
  let failed = false;
  const next = (own: (typeof shares)[number]) => own.shift() ?? shares.reduce((most, one) => (one.length > most.length ? one : most)).pop();
  const workThrough = async (worker: W, own: (typeof shares)[number]): Promise<void> => {
    for (let job = next(own); job !== undefined && !failed; job = next(own)) {
      try {
        answers.set(job[0], await work(worker, job[1]));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(workers.map((worker, index) => workThrough(worker, shares[index] ?? [])));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return [...answers].sort(([one], [other]) => one - other).map(([, answer]) => answer);
}
