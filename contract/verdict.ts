import { z } from 'zod';

/** Rows of the brief's point table. */
export const rowSchema = z.enum([
  'infrastructure',
  'dockerfile',
  'etl',
  'airflow',
  'api',
  'volumes-networks',
  'security',
  'documentation',
  'bonus',
]);

/** `1.1` … `5.3`, or `deliverables`. */
export const taskIdSchema = z.string().regex(/^(\d\.\d|deliverables)$/);

/** `1.3/non-root`: the task, then a stable name. */
export const criterionIdSchema = z.string().regex(/^(\d\.\d|deliverables)\/[a-z0-9-]+$/);

/** How a criterion is judged: `program` reads state only, `trial` must act to find out, `person` needs a human reader. */
export const judgeSchema = z.enum(['program', 'trial', 'person']);

/** The place that a diagnosis or a remark refers to. `file` is relative to the project folder, `line` counts from 1. */
export const whereSchema = z.object({
  file: z.string().max(500).optional(),
  line: z.number().int().positive().optional(),
  service: z.string().max(200).optional(),
  container: z.string().max(200).optional(),
  image: z.string().max(300).optional(),
  query: z.string().max(2000).optional(),
});

const codeSchema = z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*(\/[a-z0-9-]+)?$/);

/**
 * Why a criterion is not met or could not be judged, in French, for the learner. The code of a `cannot-tell` begins with `wait.`,
 * `blocked.`, `unavailable.` or `person.`, or is `trial.not-run`.
 */
export const diagnosisSchema = z.object({
  code: z.union([codeSchema, z.string().regex(/^blocked\.(\d\.\d|deliverables)\/[a-z0-9-]+$/)]),
  expected: z.string().max(2000),
  observed: z.string().max(4000),
  where: whereSchema,
  look: z.string().max(2000),
});

/** A warning about work that meets the brief and keeps its points, but has a known trap. */
export const remarkSchema = z.object({ code: codeSchema, text: z.string().max(2000), where: whereSchema });

/**
 * What the checker saw: a source (« Dockerfile », « image inspect etl:1.3 ») and an excerpt of it. Excerpts are bounded and secrets masked.
 */
export const evidenceSchema = z.object({ source: z.string().max(300), text: z.string().max(4000) });

/** A criterion as listed before it is judged. */
export const criterionShape = {
  id: criterionIdSchema,
  task: taskIdSchema,
  row: rowSchema,
  points: z.number().nonnegative(),
  judge: judgeSchema,
  /** What the criterion asks, in French, as the page lists it. */
  title: z.string().max(300),
};

const verdictBase = {
  ...criterionShape,
  remarks: z.array(remarkSchema).max(20),
  evidence: z.array(evidenceSchema).max(20),
};

export const verdictSchema = z.discriminatedUnion('verdict', [
  z.object({ ...verdictBase, verdict: z.literal('met') }),
  z.object({
    ...verdictBase,
    verdict: z.literal('not-met'),
    diagnosis: diagnosisSchema,
    /** Nothing that the criterion reads has been begun. The page then says « à faire », and the diagnosis waits. */
    untouched: z.literal(true).optional(),
  }),
  z.object({ ...verdictBase, verdict: z.literal('cannot-tell'), diagnosis: diagnosisSchema }),
]);

/** What `escale check --json` prints. */
export const checkReportSchema = z.object({
  lab: z.string(),
  tookMs: z.number().nonnegative(),
  criteria: z.array(verdictSchema),
});

export type Where = z.infer<typeof whereSchema>;
export type Diagnosis = z.infer<typeof diagnosisSchema>;
export type Remark = z.infer<typeof remarkSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type CheckReport = z.infer<typeof checkReportSchema>;
