import type { SourceState } from '../../../../contract/source.ts';
import { withEnvironment, withoutWaiting, withTwin } from './alter-document.ts';
import type { ComposeDocument } from './compose-document.ts';
import type { SandboxPlan } from './sandbox.ts';

/** Longer than any program should wait for its source. */
const SLOW_MS = 120_000;

/** How the source behaves in each kind of failure. */
export const FAILING = {
  refused: { status: 404 },
  malformed: { malformed: true },
  slow: { delayMs: SLOW_MS },
} as const satisfies Record<string, Partial<SourceState>>;

export type SourceFailure = keyof typeof FAILING;
export const SOURCE_FAILURES: readonly SourceFailure[] = ['refused', 'malformed', 'slow'];

/** The name of the copy of a service, or of a scenario, for one kind of failure. */
export function twinOf(name: string, failure: SourceFailure): string {
  return `${name}-${failure}`;
}

/** The document in which the pipeline reads a scenario. It has a copy of the pipeline for each kind of failure. The trial itself waits for the database. */
export function pipelineDocument(
  { document, etl, database }: SandboxPlan,
  scenario: string,
  url: (scenario: string) => string,
): ComposeDocument {
  const given = document.services[etl]?.environment?.SOURCE_API_URL;
  const address = (name: string) => ({ SOURCE_API_URL: like(given, url(name)) });
  const alone = withoutWaiting(withEnvironment(document, etl, address(scenario)), etl, database);
  return SOURCE_FAILURES.reduce((all, failure) => withTwin(all, etl, twinOf(etl, failure), address(twinOf(scenario, failure))), alone);
}

/** If the learner's address has no path, the program adds `/users` itself: its new address has none either. */
function like(given: unknown, url: string): string {
  return typeof given === 'string' && /^https?:\/\/[^/]+\/?$/.test(given) ? url.replace(/\/users$/, '') : url;
}
