import type { Diagnosis } from '../../contract/verdict.ts';
import type { WorkshopVerdict } from '../../contract/workshop.ts';
import type { LabView } from '../checkpoints/definitions.ts';
import { createMask, secretsOfEnvFile } from '../checkpoints/mask.ts';
import type { ComposeProject } from '../checkpoints/readers/compose/read-compose.ts';
import { readCompose } from '../checkpoints/readers/compose/read-compose.ts';
import type { Complaint, Fault, Seen } from './definitions.ts';
import { inView, lastWords, play, works } from './play.ts';
import type { Session } from './session.ts';
import { witnessIsThere } from './witness.ts';
import type { WorkshopStack } from './workshop-stack.ts';

const EVIDENCE_CHARS = 3000;
const EXPECTED = 'la copie démarre d’elle-même, charge les données de la source, et n’a rien perdu de ce qu’elle avait';

interface Found {
  readonly complaint: Complaint;
  readonly seen?: Seen;
}

/** Takes the copy down, starts it, and judges: is the symptom gone, the cause too, and is everything still there? */
export async function judge(stack: WorkshopStack, fault: Fault, session: Session): Promise<WorkshopVerdict> {
  const found = await findComplaint(stack, fault, session);
  if (found === null) return { verdict: 'met' };
  const mask = createMask(secretsOfEnvFile((await stack.files().read('.env')) ?? ''));
  const {
    complaint: { onceWorking: _, ...complaint },
    seen,
  } = found;
  const clean = (text: string) => mask(text).slice(0, 2000);
  const diagnosis: Diagnosis = { ...complaint, expected: EXPECTED, observed: clean(complaint.observed), look: clean(complaint.look) };
  return { verdict: 'not-met', diagnosis, evidence: seen === undefined ? '' : mask(evidenceOf(seen)) };
}

async function findComplaint(stack: WorkshopStack, fault: Fault, session: Session): Promise<Found | null> {
  const { etl, database, services, composeFile, memo } = session;
  const before = await inView(stack, readCompose);
  if (before.state !== 'readable') return { complaint: unreadable(composeFile, before.state === 'faulty' ? before.fault.what : '') };
  const lost = services.find((name) => before.model.services[name] === undefined);
  if (lost !== undefined) return { complaint: serviceLost(composeFile, lost) };
  const seen = await play(stack, session, fault.env);
  if (seen.database !== null && (await witnessIsThere(stack, seen.database, session.witness)) === false)
    return { complaint: dataLost(database), seen };
  const complaint = await inView(stack, (view) => remains(stack, { fault, seen, project: before, view, memo, names: { etl, database } }));
  if (complaint !== null && (works(seen) || !complaint.onceWorking)) return { complaint, seen };
  return works(seen) ? null : { complaint: stillThere(seen, etl), seen };
}

interface Asked {
  readonly fault: Fault;
  readonly seen: Seen;
  readonly project: ComposeProject;
  readonly view: LabView;
  readonly memo: Session['memo'];
  readonly names: { readonly etl: string; readonly database: string };
}

async function remains(stack: WorkshopStack, { fault, seen, project, view, memo, names }: Asked): Promise<Complaint | null> {
  return fault.remains({
    ...seen,
    services: project.model.services,
    names,
    composeFile: project.files[0] ?? '',
    memo,
    engine: view.engine,
    images: view.images,
    text: (path) => view.file(path),
    modifiedMs: (path) => stack.modifiedMs(path),
  });
}

function evidenceOf({ up, log }: Seen): string {
  return (up.code === 0 ? log : `${up.stdout}\n${up.stderr}`).trim().slice(-EVIDENCE_CHARS);
}

function unreadable(file: string, what: string): Complaint {
  return {
    code: 'symptom.compose',
    observed: what === '' ? 'Compose ne trouve plus son fichier' : `Compose ne sait pas lire le fichier : ${what}`,
    where: { file },
    look: '`docker compose config --quiet` dit la ligne.',
  };
}

function serviceLost(file: string, service: string): Complaint {
  return {
    code: 'lost.service',
    observed: `le service \`${service}\` n’est plus dans le fichier Compose`,
    where: { file, service },
    look: 'Retirer ce qui est en panne n’est pas le réparer. Remettez ce service, ou toute la panne.',
  };
}

function dataLost(database: string): Complaint {
  return {
    code: 'lost.data',
    observed: 'la table `livre_de_bord`, qui était dans la base avant la panne, n’y est plus : la base a été recréée',
    where: { service: database },
    look: '`docker compose down -v` et `docker volume rm` effacent les données avec la panne. Remettez la panne, et réparez-la sans toucher au volume.',
  };
}

function stillThere(seen: Seen, etl: string): Complaint {
  const words = lastWords(seen);
  const what = seen.up.code === 0 ? `le pipeline s’arrête avec le code ${seen.etl?.exitCode ?? '?'}` : '`docker compose up -d` échoue';
  const running = seen.etl?.state === 'running' ? 'le pipeline ne s’arrête pas' : what;
  const code = seen.up.code === 0 && seen.etl?.state === 'exited' && seen.etl.exitCode === 0 ? 'symptom.rows' : 'symptom.remains';
  return {
    code,
    observed: code === 'symptom.rows' ? 'le pipeline finit bien, mais la table n’a pas ce que donne la source' : `${running} : ${words}`,
    where: { service: etl },
    look: 'L’atelier retire la copie et la redémarre avant de juger : une réparation qui ne tient qu’à un conteneur n’y survit pas. Corrigez ce qui la décrit, les fichiers ou les données.',
  };
}
