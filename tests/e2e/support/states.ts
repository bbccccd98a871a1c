import type { LabStatus } from '../../../contract/lab.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import type { SetupStatus } from '../../../contract/workspace.ts';

const GIB = 2 ** 30;

export const READY: LabStatus = {
  lab: 'solo',
  state: 'ready',
  isolation: 'userns',
  steps: [],
  engine: { state: 'running', version: '26.1.5', containers: 2 },
  memory: { usedBytes: 412 * 2 ** 20, limitBytes: 6 * GIB },
  disk: { usedBytes: 1.2 * GIB, limitBytes: 20 * GIB },
};

export const STARTING: LabStatus = {
  lab: 'solo',
  state: 'starting',
  isolation: 'userns',
  steps: [
    { id: 'volumes', state: 'done', tookMs: 210 },
    { id: 'isolation', state: 'done', tookMs: 430 },
    { id: 'agent', state: 'done', tookMs: 320 },
    { id: 'engine', state: 'running' },
    { id: 'project', state: 'todo' },
  ],
};

export const STOPPED: LabStatus = { lab: 'solo', state: 'stopped', isolation: 'userns', steps: [] };

export const ASLEEP: LabStatus = { ...STOPPED, state: 'asleep' };

export const FAILED: LabStatus = {
  lab: 'solo',
  state: 'failed',
  isolation: 'userns',
  steps: [
    { id: 'volumes', state: 'done', tookMs: 210 },
    { id: 'isolation', state: 'failed', tookMs: 30_000 },
    { id: 'agent', state: 'todo' },
    { id: 'engine', state: 'todo' },
    { id: 'project', state: 'todo' },
  ],
  problem: {
    code: 'lab.isolation',
    message: 'Le noyau de cette machine refuse les espaces d’utilisateurs.',
    hint: 'Autorisez-les avec `sysctl -w kernel.unprivileged_userns_clone=1`, puis essayez de nouveau.',
  },
};

export const ENGINE_STOPPED: LabStatus = { ...READY, engine: { state: 'stopped' } };

export const NO_ENGINE: SetupStatus = {
  steps: [
    {
      id: 'engine',
      title: 'Moteur Docker de cette machine',
      state: 'failed',
      blocksLab: true,
      tookMs: 120,
      problem: {
        code: 'engine.absent',
        message: 'Aucun moteur ne répond sur `/var/run/docker.sock`.',
        hint: 'Installez-en un : `sudo apt-get install docker.io`, puis `sudo service docker start`.',
      },
    },
    { id: 'lab-image', title: 'Image du labo', state: 'todo', blocksLab: true },
  ],
};

export const PREPARING: SetupStatus = {
  steps: [
    { id: 'engine', title: 'Moteur Docker de cette machine', state: 'done', blocksLab: true, tookMs: 90 },
    { id: 'lab-image', title: 'Image du labo', state: 'running', blocksLab: true, detail: 'Paquets de Debian, 148 sur 212' },
    { id: 'registry', title: 'Registre des images du cours', state: 'todo', blocksLab: true },
    { id: 'images', title: 'Images des leçons suivantes', state: 'todo', blocksLab: false },
  ],
};

type Judged = Pick<Verdict, 'task' | 'remarks' | 'evidence'>;
const base: Judged = { task: '1.3', remarks: [], evidence: [] };

/** One verdict of each kind. */
export const MIXED: Verdict[] = [
  {
    ...base,
    id: '1.3/slim-base',
    row: 'dockerfile',
    points: 2,
    judge: 'program',
    title: 'Une base Python « slim »',
    verdict: 'met',
    remarks: [
      {
        code: 'tag.floating',
        text: 'L’étiquette `slim` change avec le temps : `python:3.11-slim` reste la même.',
        where: { file: 'Dockerfile', line: 1 },
      },
    ],
  },
  {
    ...base,
    id: '1.3/cache-order',
    row: 'dockerfile',
    points: 2,
    judge: 'program',
    title: 'Les dépendances installées avant le code',
    verdict: 'met',
  },
  {
    ...base,
    id: '1.3/non-root',
    row: 'security',
    points: 2,
    judge: 'program',
    title: 'Un processus sans privilège',
    verdict: 'not-met',
    diagnosis: {
      code: 'user.root',
      expected: 'le conteneur démarre sous un compte sans privilège',
      observed: 'l’image `etl:1.3` démarre avec l’uid 0 : <img src=x onerror=alert(1)>',
      where: { file: 'Dockerfile', line: 23 },
      look: 'le dernier `USER` l’emporte ; revenez à `etl` avant `ENTRYPOINT`',
    },
    evidence: [{ source: 'image inspect etl:1.3', text: '.Config.User   "root"\n.Id            sha256:5be1d0' }],
  },
  {
    ...base,
    id: '1.3/small-image',
    row: 'dockerfile',
    points: 2,
    judge: 'program',
    title: 'Ni cache de `pip`, ni listes d’`apt` dans l’image',
    verdict: 'cannot-tell',
    diagnosis: {
      code: 'unavailable.engine',
      expected: 'l’image se lit',
      observed: 'le moteur n’a pas répondu en 10 s, la construction l’occupe',
      where: {},
      look: 'aucun point retiré, nouvelle lecture dans 20 s',
    },
  },
  {
    ...base,
    id: '1.3/entry-point',
    row: 'dockerfile',
    points: 1,
    judge: 'program',
    title: 'Le conteneur lance le pipeline',
    verdict: 'cannot-tell',
    diagnosis: {
      code: 'blocked.1.3/non-root',
      expected: 'un conteneur qui démarre',
      observed: 'ce critère sera regardé quand celui dont il dépend sera atteint',
      where: {},
      look: 'Réglez d’abord « Un processus sans privilège ».',
    },
  },
  {
    ...base,
    id: '1.3/healthcheck-trial',
    row: 'security',
    points: 2,
    judge: 'trial',
    title: 'Le bilan de santé échoue quand l’entrepôt ne répond pas',
    verdict: 'cannot-tell',
    diagnosis: {
      code: 'trial.not-run',
      expected: 'un bilan qui échoue',
      observed: 'l’essai n’a pas encore eu lieu',
      where: {},
      look: 'L’essai lance le bilan de santé dans un conteneur temporaire, sans réseau, pendant 30 s au plus ; rien ne reste ensuite.',
    },
  },
];

/** Nothing is begun: a criterion that is not met, and one that it blocks. */
export const UNTOUCHED: Verdict[] = MIXED.flatMap((verdict) => {
  if (verdict.id === '1.3/non-root' && verdict.verdict === 'not-met') return [{ ...verdict, untouched: true }];
  return verdict.id === '1.3/entry-point' ? [verdict] : [];
});

export const ALL_MET: Verdict[] = MIXED.map(({ task, id, row, points, judge, title, evidence }) => ({
  task,
  id,
  row,
  points,
  judge,
  title,
  evidence,
  remarks: [],
  verdict: 'met',
}));
