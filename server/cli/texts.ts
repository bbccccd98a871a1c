import type { LabState, LabStatus, LabStep } from '../../contract/lab.ts';
import { gibibytes, seconds } from '../units.ts';

/** The texts of the command line about labs. */
const STATES: Record<LabState, string> = {
  creating: 'en création',
  starting: 'démarre',
  ready: 'prêt',
  stopping: 's’arrête',
  stopped: 'arrêté',
  asleep: 'endormi',
  failed: 'en échec',
};

const STEPS: Record<LabStep['id'], string> = {
  volumes: 'volumes et réseau',
  isolation: 'isolation',
  agent: 'agent',
  engine: 'moteur Docker du labo',
  project: 'projet de départ',
  warm: 'labo préparé d’avance',
};

export function stepText(step: LabStep): string {
  const took = step.tookMs === undefined ? '' : ` (${seconds(step.tookMs)})`;
  const marks: Record<LabStep['state'], string> = { todo: '·', running: '…', done: '✓', failed: '✗' };
  return `  ${marks[step.state]} ${STEPS[step.id]}${took}`;
}

function engineText({ state, version }: NonNullable<LabStatus['engine']>): string {
  if (state === 'running') return `moteur ${version ?? 'en marche'}`;
  return state === 'starting' ? 'moteur en démarrage' : 'moteur arrêté';
}

export function labLine(lab: LabStatus): string {
  const parts = [`${lab.lab} : ${STATES[lab.state]}`];
  if (lab.warm) parts.push('préparé d’avance');
  if (lab.engine) parts.push(engineText(lab.engine));
  if (lab.memory) parts.push(`mémoire ${gibibytes(lab.memory.usedBytes)} sur ${gibibytes(lab.memory.limitBytes)}`);
  if (lab.disk) parts.push(`disque ${gibibytes(lab.disk.usedBytes)} sur ${gibibytes(lab.disk.limitBytes)}`);
  if (lab.problem) parts.push(`${lab.problem.message} ${lab.problem.hint}`);
  return parts.join(', ');
}
