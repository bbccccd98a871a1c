import { z } from 'zod';
import plan from '../../content/plan.json' with { type: 'json' };
import { lineRanges } from './lines.ts';

const CRITERIA = new Map(plan.criteria.map(({ id, title }) => [id, title]));

const id = z.string().regex(/^\d\.\d\/[a-z0-9-]+$|^bienvenue\/[a-z0-9-]+$/, 'l’identifiant s’écrit comme « 1.2/code-de-sortie »');
const ranges = z.string().refine(isRanges, 'des lignes s’écrivent comme « 12-18,21 »');

/** The props of `<Predict>`: a question asked before a command, whose answer opens once the command has run. */
export const predictSchema = z
  .strictObject({
    /** Unique in the course, since the browser remembers the answer under it: `1.2/code-de-sortie`. */
    id,
    ask: z.string().min(5).max(200),
    /** The possible answers, in the order shown. Backticks mark code. */
    options: z.array(z.string().min(1).max(120)).min(2).max(5),
    /** The option that holds, counted from 1. */
    right: z.number().int().positive(),
  })
  .refine(({ options, right }) => right <= options.length, { path: ['right'], message: '`right` désigne une réponse qui n’existe pas' });

/** The props of `<Complete>`: a file of the solution shown with a gap, that the learner fills in the editor. */
export const completeSchema = z.strictObject({
  /** Its path in the project. */
  file: z.string().min(1),
  /** Its text, imported from the solution. */
  code: z.string().min(1),
  /** The lines that the learner writes, numbered as in the whole file. */
  gap: ranges,
  /** What stands in the place of the gap: what to write there, in one line. */
  todo: z.string().min(5).max(90),
  /** The criterion that judges the effect of these lines. */
  proof: z.string().refine((criterion) => CRITERIA.has(criterion), 'content/plan.json n’a pas ce critère'),
  /** The lines to show, numbered as in the whole file; default: all. */
  lines: ranges.optional(),
  lang: z.string().optional(),
});

/** The props of `<Extend>`: a task that the learner does alone, in the editor or in the terminal. */
export const extendSchema = z.strictObject({
  title: z.string().min(3).max(80),
  /** The criterion that judges the effect; absent if a command of the lesson shows it. */
  proof: completeSchema.shape.proof.optional(),
});

/** The title of the criterion that judges an exercise. */
export function proofTitle(criterion: string): string {
  return CRITERIA.get(criterion) ?? criterion;
}

/** Parses the props of a component of a lesson. The message names the component and says what to write instead. */
export function parseProps<S extends z.ZodType>(component: string, schema: S, props: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(props);
  if (success) return data;
  const faults = error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')} : ${message}`));
  throw new Error(`<${component}> : ${faults.join(' ; ')}`);
}

function isRanges(text: string): boolean {
  try {
    return lineRanges(text).length > 0;
  } catch {
    return false;
  }
}
