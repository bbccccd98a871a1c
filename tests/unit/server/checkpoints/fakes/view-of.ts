import type { LabView, Subject } from '../../../../../server/checkpoints/definitions.ts';
import { createView } from '../../../../../server/checkpoints/view.ts';

/** One look at a subject, which nothing ends. */
export function viewOf(parts: Omit<Subject, 'within'>): LabView {
  const subject: Subject = { ...parts, within: () => subject };
  return createView(subject, subject.engine.openImages(), new AbortController().signal);
}
