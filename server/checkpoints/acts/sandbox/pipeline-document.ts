import type { SourceState } from '../../../../contract/source.ts';
import { withEnvironment, withoutWaiting, withTwin } from './alter-document.ts';
import type { ComposeDocument } from './compose-document.ts';
import type { SandboxPlan } from './sandbox.ts';

/** A source slower than any patient program waits. */
const SLOW_MS = 100_000;

/** What a source does when it fails. */
export const FAILING = {
  refused: { status: 404 },
  malformed: { malformed: true },
  slow: { delayMs: SLOW_MS },
} as const satisfies Record<string, Partial<SourceState>>;

export type SourceFailure = keyof typeof FAILING;
export const SOURCE_FAILURES: readonly SourceFailure[] = ['refused', 'malformed', 'slow'];

/** The service, or the scenario, that stands for another when its source fails so. */
export function twinOf(name: string, failure: SourceFailure): string {
  return `${name}-${failure}`;
}

/** The document in which the pipeline reads a scenario and has a twin for each way in which a source fails. The trial itself waits for the database. */
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

/** A program that adds `/users` itself is given an address without it. */
function like(given: unknown, url: string): string {
  return typeof given === 'string' && /^https?:\/\/[^/]+\/?$/.test(given) ? url.replace(/\/users$/, '') : url;
}
