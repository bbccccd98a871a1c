import { expect, it } from 'vitest';
import { pipelineAct } from '../../../../../../server/checkpoints/acts/pipeline.ts';
import { stackAct } from '../../../../../../server/checkpoints/acts/stack.ts';
import { couldNotLook } from '../../../../../../server/checkpoints/not-judged.ts';
import { createTrialView } from '../../../../../../server/checkpoints/view.ts';
import { solutionSubject } from '../../fakes/solution-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

it.for([pipelineAct, stackAct])('$name says that there is no source to set where there is no lab, and takes no point', async (act) => {
  const subject = await solutionSubject();
  const view = createTrialView(subject, viewOf(subject), 'trial', () => undefined);
  const error = await act.run(view).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(couldNotLook(error)).toMatchObject({ verdict: 'cannot-tell', diagnosis: { code: 'unavailable.source' } });
});
