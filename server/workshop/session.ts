import { z } from 'zod';
import { workshopVerdictSchema } from '../../contract/workshop.ts';

const name = z.string().max(300);

/** What the server knows of a lab's workshop. Nothing of it is in the lab. */
export const sessionSchema = z.object({
  /** `preparing` and `leaving`: the lab is being changed, or a killed process left it so. */
  phase: z.enum(['closed', 'preparing', 'open', 'mended', 'leaving']),
  fault: name,
  composeFile: name,
  etl: name,
  database: name,
  services: z.array(name).max(100),
  /** A word that was written into the copy's database before the fault. */
  witness: name,
  memo: z.record(z.string(), z.string().max(100_000)),
  verdict: workshopVerdictSchema.optional(),
  /** Faults that were mended at least once. */
  mended: z.array(name).max(100),
});

export type Session = z.infer<typeof sessionSchema>;

export const CLOSED: Session = {
  phase: 'closed',
  fault: '',
  composeFile: '',
  etl: '',
  database: '',
  services: [],
  witness: '',
  memo: {},
  mended: [],
};
