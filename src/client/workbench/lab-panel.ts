import type { LabStep } from '../../../contract/lab.ts';
import type { SetupStep } from '../../../contract/workspace.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import type { Shape } from '../dom.ts';

export interface PanelStep {
  readonly shape: Shape;
  /** The meaning of the shape, for screen readers. */
  readonly word: string;
  readonly title: string;
  readonly tookMs?: number | undefined;
  readonly notes: readonly string[];
  readonly current: boolean;
}

export type PanelAction = 'start' | 'start-engine' | 'retry';

/** The panel shown in place of the terminal while there is none. */
export interface Panel {
  readonly id:
    | 'absent'
    | 'refused'
    | 'fault'
    | 'connecting'
    | 'unreachable'
    | 'missing'
    | 'preparing'
    | 'none'
    | 'starting'
    | 'stopping'
    | 'stopped'
    | 'asleep'
    | 'failed';
  readonly title: string;
  readonly text: string;
  readonly steps: readonly PanelStep[];
  readonly action?: { readonly does: PanelAction; readonly label: string };
  readonly after?: string | undefined;
}

/** The shape and the word of a step, of a preparation, a start or a change. */
export const STEP_WORDS: Readonly<Record<SetupStep['state'], readonly [Shape, string]>> = {
  todo: ['todo', 'à faire'],
  running: ['waiting', 'en cours'],
  done: ['met', 'fait'],
  failed: ['unmet', 'en échec'],
  skipped: ['todo', 'sauté'],
};

const LAB_STEPS: Readonly<Record<LabStep['id'], string>> = {
  volumes: 'Vos fichiers, retrouvés',
  isolation: 'Espace isolé et réseau',
  agent: 'Terminal et fichiers',
  engine: 'Moteur Docker',
  project: 'Projet de départ',
  warm: 'Labo préparé d’avance',
};

/** The panel for the present state, or undefined when the terminal can be shown. */
export function panelOf(now: LabSnapshot, clock: number, usualMs: number | undefined): Panel | undefined {
  if (now.connection.kind === 'ended') return endedPanel(now.connection.reason);
  if (!now.known) return now.connection.kind === 'down' ? UNREACHABLE : CONNECTING;
  const blocking = (now.setup?.steps ?? []).filter((step) => step.blocksLab && step.state !== 'skipped');
  const { lab } = now;
  if (lab === undefined || lab.state === 'stopped' || lab.state === 'failed') {
    if (blocking.some((step) => step.state === 'failed')) return missingPanel(blocking);
    if (blocking.some((step) => step.state !== 'done')) return preparingPanel(blocking);
  }
  if (lab === undefined) {
    return {
      id: 'none',
      title: 'Le labo n’est pas démarré',
      text: 'Tout est prêt pour lui. Vos fichiers l’attendent.',
      steps: [],
      action: START,
    };
  }
  switch (lab.state) {
    case 'ready':
      return undefined;
    case 'creating':
    case 'starting':
      return startingPanel(now, clock, usualMs);
    case 'stopping':
      return { id: 'stopping', title: 'Le labo s’arrête', text: 'Vos fichiers et vos volumes sont gardés.', steps: [] };
    case 'stopped':
      return {
        id: 'stopped',
        title: 'Le labo est arrêté',
        text:
          lab.problem?.message ?? 'Vos fichiers et vos volumes sont intacts. Les conteneurs reviendront selon leur règle de redémarrage.',
        steps: [],
        action: START,
        after: lab.problem?.hint,
      };
    case 'asleep':
      return {
        id: 'asleep',
        title: 'Le labo se réveille',
        text: 'Il dormait, faute d’usage. Vos fichiers, vos volumes et le texte de vos terminaux sont gardés.',
        steps: [],
      };
    case 'failed':
      return {
        id: 'failed',
        title: 'Le labo n’a pas pu démarrer',
        text: lab.problem?.message ?? 'La cause n’est pas connue. Vos fichiers sont intacts.',
        steps: labSteps(lab.steps, lab.engine?.version),
        action: { does: 'start', label: 'Essayer de nouveau' },
        after:
          lab.problem?.hint ??
          'Si cela se répète, lancez `npx escale doctor` dans le dossier d’Escale : il dit ce que cette machine ne peut pas faire.',
      };
  }
}

const START = { does: 'start', label: 'Démarrer le labo' } as const;

const CONNECTING: Panel = {
  id: 'connecting',
  title: 'Le labo arrive',
  text: 'La page se relie au serveur. Vous pouvez déjà lire la leçon.',
  steps: [],
};

const UNREACHABLE: Panel = {
  id: 'unreachable',
  title: 'Le serveur ne répond pas',
  text: 'La leçon se lit sans lui. La page essaie de nouveau toute seule.',
  steps: [],
  action: { does: 'retry', label: 'Essayer maintenant' },
  after: 'S’il est arrêté, relancez `npm start` dans le dossier d’Escale : vos fichiers et votre labo sont gardés.',
};

function endedPanel(reason: 'absent' | 'refused' | 'bad-frame'): Panel {
  if (reason === 'absent') {
    return {
      id: 'absent',
      title: 'Ici, la leçon se lit seulement',
      text: 'Cette copie du cours est servie sans son serveur : il n’y a ni terminal, ni vérification.',
      steps: [],
      after: 'Pour pratiquer, clonez le dépôt d’Escale sur une machine où Docker peut tourner, puis lancez-y `npm start`',
    };
  }
  if (reason === 'refused') {
    return {
      id: 'refused',
      title: 'Cette page n’a pas la clé du labo',
      text: 'Le serveur n’ouvre le labo qu’à l’adresse complète, telle qu’il l’a affichée à son démarrage.',
      steps: [],
      action: { does: 'retry', label: 'Essayer de nouveau' },
      after: 'Retrouvez dans le terminal où tourne `npm start` la ligne qui commence par `http://`, et ouvrez-la en entier.',
    };
  }
  return {
    id: 'fault',
    title: 'La page et le serveur ne se comprennent plus',
    text: 'Ils ne sont sans doute pas de la même version. Rechargez la page : vos terminaux continuent, vos fichiers sont gardés.',
    steps: [],
    action: { does: 'retry', label: 'Recharger la page' },
  };
}

function missingPanel(steps: readonly SetupStep[]): Panel {
  return {
    id: 'missing',
    title: 'Il manque de quoi faire tourner le labo',
    text: 'La leçon se lit sans lui. Dès que c’est réparé, le labo démarre ici de lui-même.',
    steps: steps.map(setupStep),
  };
}

function preparingPanel(steps: readonly SetupStep[]): Panel {
  const done = steps.filter((step) => step.state === 'done').length;
  return {
    id: 'preparing',
    title: 'Le labo se prépare',
    text: `${done === 0 ? 'Première fois sur cette machine' : `${done} étape${done > 1 ? 's' : ''} sur ${steps.length}`}. Vous pouvez déjà lire la leçon.`,
    steps: steps.map(setupStep),
  };
}

function setupStep(step: SetupStep): PanelStep {
  const [shape, word] = STEP_WORDS[step.state];
  const notes = step.problem === undefined ? [step.detail ?? ''] : [step.problem.message, step.problem.hint];
  return {
    shape,
    word,
    title: step.title,
    tookMs: step.tookMs,
    notes: notes.filter((note) => note !== ''),
    current: step.state === 'running',
  };
}

function labSteps(steps: readonly LabStep[], engine: string | undefined): PanelStep[] {
  return steps.map(({ id, state, tookMs }) => {
    const [shape, word] = STEP_WORDS[state];
    const title = id === 'engine' && engine !== undefined ? `${LAB_STEPS[id]} ${engine}` : LAB_STEPS[id];
    return { shape, word, title, tookMs, notes: [], current: state === 'running' };
  });
}

/** After this time the page names the step that is slow. */
const LATE_MS = 20_000;

function startingPanel(now: LabSnapshot, clock: number, usualMs: number | undefined): Panel {
  const { lab, startingSince } = now;
  const steps = labSteps(lab?.steps ?? [], lab?.engine?.version);
  const elapsed = startingSince === undefined ? 0 : Math.max(0, clock - startingSince);
  const since =
    elapsed < 1000
      ? ''
      : `Depuis ${Math.floor(elapsed / 1000)} s${usualMs === undefined ? '' : `, d’ordinaire ${Math.max(1, Math.round(usualMs / 1000))} s`}. `;
  const late = steps.find((step) => step.current);
  return {
    id: 'starting',
    title: 'Le labo démarre',
    text: `${since}Vous pouvez déjà lire la leçon.`,
    steps,
    after:
      elapsed > LATE_MS && late !== undefined
        ? `L’étape « ${late.title} » tarde. Une machine très occupée peut en être la cause : le labo abandonne de lui-même au bout de 2 min et dit pourquoi.`
        : undefined,
  };
}
