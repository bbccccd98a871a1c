import { createHash } from 'node:crypto';
import type { Act } from '../act.ts';
import type { TrialView } from '../definitions.ts';
import { composeServices } from '../readers/compose/compose-services.ts';
import { type RawDocuments, rawDocumentsNow } from '../readers/mongodb/raw-documents.ts';
import { pipelineDocument } from './sandbox/pipeline-document.ts';
import { PipelineRunner } from './sandbox/pipeline-runner.ts';
import { prepareSandbox } from './sandbox/prepare-sandbox.ts';
import { programDigest } from './sandbox/project-digest.ts';
import type { Run } from './sandbox/run.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import { laterUsers, trialUsers } from './sandbox/trial-users.ts';

/** One run, and the documents after it. Null if they cannot be read. */
export interface DocumentsRun {
  readonly run: Run;
  /** Ids of the users that the source gave. */
  readonly users: readonly number[];
  readonly documents: RawDocuments | null;
}

/** What several runs of the pipeline leave in a new MongoDB. */
export type RawDocumentsOutcome =
  | { readonly state: 'no-model' | 'no-database' }
  | { readonly state: 'not-built'; readonly output: string }
  | {
      readonly state: 'ran';
      readonly first: DocumentsRun;
      /** The same source again. Null if the first run wrote nothing. */
      readonly again: DocumentsRun | null;
      /** A source in which one user is gone, one has moved, and others are new. */
      readonly later: DocumentsRun | null;
      /** A source that fails. */
      readonly failed: DocumentsRun | null;
    };

/** Runs the pipeline several times beside a new MongoDB, with sources of the trial's own. */
export const rawDocumentsAct: Act<RawDocumentsOutcome> = {
  name: 'raw-documents',
  version: 1,
  announce:
    'L’essai copie votre projet et lance votre programme quatre fois, devant des bases neuves : deux fois la même source, une source changée, une source en panne. Il prend une demi-minute environ, plus la construction de l’image si elle a changé. Vos conteneurs, vos volumes et vos données ne sont pas touchés ; rien ne reste ensuite.',
  usualMs: 40_000,
  async digest(view) {
    const { etl, mongodb } = (await composeServices(view)).of;
    const services = JSON.stringify([etl?.service ?? null, mongodb?.service ?? null]);
    return createHash('sha256')
      .update(`${await programDigest(view)} ${services}`)
      .digest('hex');
  },
  async run(view) {
    const { environment, folder, learners } = await prepareSandbox(view);
    const { mongodb } = (await composeServices(view)).of;
    if (learners === null || mongodb === null) return { state: 'no-model' };
    const scenario = `${view.trial}-raw`;
    const document = pipelineDocument(learners, scenario, (name) => environment.source.url(name));
    const sandbox = new Sandbox(view, folder, { ...learners, document });
    const runs = new PipelineRunner(view, environment, sandbox, scenario);
    const documents = () => readSandbox(view, sandbox, mongodb.name);
    const first = await runs.first(trialUsers());
    if (first === 'no-database') return { state: 'no-database' };
    if ('notBuilt' in first) return { state: 'not-built', output: first.notBuilt };
    const written = await told(first, documents);
    if ((written.documents?.count ?? 0) === 0) return { state: 'ran', first: written, again: null, later: null, failed: null };
    const again = await told(await runs.next(trialUsers()), documents);
    const later = await told(await runs.next(laterUsers()), documents);
    const failed = { run: await runs.failingAgain('refused'), users: later.users, documents: await documents() };
    return { state: 'ran', first: written, again, later, failed };
  },
};

async function told(
  { run, users }: { run: Run; users: readonly { id: number }[] },
  documents: () => Promise<RawDocuments | null>,
): Promise<DocumentsRun> {
  return { run, users: users.map(({ id }) => id), documents: await documents() };
}

async function readSandbox(view: TrialView, sandbox: Sandbox, service: string): Promise<RawDocuments | null> {
  const container = await sandbox.facts(service);
  if (container?.state !== 'running') return null;
  const reading = await rawDocumentsNow(view, container);
  return 'refused' in reading ? null : reading;
}
