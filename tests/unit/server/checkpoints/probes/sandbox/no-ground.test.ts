import { expect, it } from 'vitest';
import { couldNotLook } from '../../../../../../server/checkpoints/not-judged.ts';
import { tryPipeline } from '../../../../../../server/checkpoints/probes/sandbox/pipeline-trial.ts';
import { tryStack } from '../../../../../../server/checkpoints/probes/sandbox/stack-trial.ts';
import { createView } from '../../../../../../server/checkpoints/view.ts';
import { solutionSubject } from '../../fakes/solution-subject.ts';

it.for([tryPipeline, tryStack])('says that there is no source to set where there is no lab, and takes no point', async (act) => {
  const subject = await solutionSubject();
  const view = createView(subject, subject.engine.openImages());
  const error = await act(view).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(couldNotLook(error)).toMatchObject({ verdict: 'cannot-tell', diagnosis: { code: 'unavailable.source' } });
});
