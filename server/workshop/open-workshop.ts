import type { Subject } from '../checkpoints/definitions.ts';
import { type ComposeServices, composeServices } from '../checkpoints/readers/compose/compose-services.ts';
import { readCompose } from '../checkpoints/readers/compose/read-compose.ts';
import { NotRead } from '../checkpoints/reading.ts';
import { EscaleError } from '../errors/escale-error.ts';
import type { LabAgent } from '../labs/agents/definitions.ts';
import type { Project } from '../projects/project.ts';
import { breakCopy, textOf } from './break-copy.ts';
import { type Copied, copyProject, notReady } from './copy-project.ts';
import type { CopiedService, Fault, Seen, StackCopy } from './definitions.ts';
import { outwardOf } from './outward.ts';
import { inView, inViewOf, lastWords, play, works } from './play.ts';
import { CLOSED, type Session } from './session.ts';
import { writeWitness } from './witness.ts';
import type { WorkshopStack } from './workshop-stack.ts';

export interface OpenTerms {
  readonly agent: LabAgent;
  /** The learner's own project. */
  readonly subject: Subject;
  readonly stack: WorkshopStack;
  /** In the order in which they are tried: the first that shows its symptom in this copy is taken. */
  readonly faults: readonly Fault[];
  readonly witness: string;
  /** Says what is being done, in French. */
  readonly tell: (doing: string) => void;
}

/** Copies the learner's stack, proves that the copy works, breaks it, and proves that the symptom is there. */
export async function openWorkshop({ agent, subject, stack, faults, witness, tell }: OpenTerms): Promise<Omit<Session, 'mended'>> {
  tell('copie du projet');
  const copied = await copyProject(agent, await layoutOf(subject));
  for (const fault of faults) {
    await stack.remove();
    await stack.put(copied.project);
    await requireApart(stack);
    tell('démarrage de la copie, qui doit marcher avant la panne');
    const copy = await workingCopy(stack, copied, await play(stack, copied));
    const how = fault.break(copy);
    if (how === null) continue;
    await requireWitness(stack, copied, witness);
    tell('mise en panne, et preuve de son symptôme');
    await stack.compose(['down', '--timeout', '5']);
    const broken = await breakCopy(stack, copied.project, how, fault.id);
    if (!broken || !fault.shows(await play(stack, copied))) continue;
    const { composeFile, etl, database, services } = copied;
    return {
      ...CLOSED,
      phase: 'open',
      fault: fault.id,
      composeFile,
      etl,
      database,
      services: [...services],
      witness,
      memo: { ...how.memo },
    };
  }
  throw new EscaleError('conflict', 'workshop.no-fault', {
    message:
      'Aucune panne de l’atelier ne se montre dans la copie de votre projet, dont l’écriture est trop différente de celle des leçons.',
    hint: 'Prenez l’état d’après la tâche 1.4, puis ouvrez l’atelier de nouveau.',
  });
}

async function layoutOf(subject: Subject): Promise<ComposeServices> {
  try {
    return await inViewOf(subject, async (view) => {
      const reading = await readCompose(view);
      if (reading.state === 'faulty') throw notReady(`Compose ne sait pas lire votre fichier : ${reading.fault.what}.`);
      return composeServices(view);
    });
  } catch (error) {
    if (error instanceof NotRead) throw notReady('Votre projet n’a pas encore de fichier Compose.');
    throw error;
  }
}

/** Nothing of the copy may reach the learner's own stack. */
async function requireApart(stack: WorkshopStack): Promise<void> {
  const reading = await inView(stack, readCompose);
  if (reading.state !== 'readable') throw notReady('Compose ne sait pas lire la copie de votre fichier.');
  const outward = outwardOf(reading.model);
  if (outward !== null) throw notReady(`L’atelier ne copie pas ce projet : ${outward}, et la copie y toucherait.`);
}

async function workingCopy(stack: WorkshopStack, copied: Copied, seen: Seen): Promise<StackCopy> {
  const { etl, database } = seen;
  if (!works(seen) || etl === null || database === null) {
    const words = lastWords(seen);
    throw notReady(`La copie de votre projet ne marche pas encore, sans aucune panne${words === '' ? '' : ` : ${words}`}.`);
  }
  const { all } = await inView(stack, composeServices);
  const of = (name: string, { command, imageName }: { command: readonly string[]; imageName: string }): CopiedService => {
    const service = all.find((one) => one.name === name)?.service;
    if (service === undefined) throw new Error(`the copy has no service ${name}`);
    return { name, service, command, image: imageName };
  };
  return {
    composeFile: copied.composeFile,
    paths: filesOf(copied.project),
    text: (path) => textOf(copied.project, path),
    etl: of(copied.etl, etl),
    database: of(copied.database, database),
  };
}

export function filesOf(project: Project): string[] {
  return [...project].flatMap(([path, { kind }]) => (kind === 'file' ? [path] : [])).sort();
}

async function requireWitness(stack: WorkshopStack, { database }: Copied, word: string): Promise<void> {
  const container = await stack.container(database);
  if (container !== null && (await writeWitness(stack, container, word))) return;
  throw notReady('La base de la copie ne laisse pas créer de table.');
}
