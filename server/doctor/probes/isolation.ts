import type Docker from 'dockerode';
import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';
import { kernelSetting } from './kernel.ts';

const TITLE = 'Isolation des labos';
const TRIAL_MS = 20_000;

const ALLOW =
  '« sysctl -w user.max_user_namespaces=15000 », et sous Ubuntu « sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 », en root';
const PRICE = 'qui est root dans un labo peut devenir root de cette machine';

/** Whether labs get their own user namespace: tested with the lab image if it exists, otherwise read from the kernel's settings. */
export const isolation: DoctorProbe = async ({ engine, labImage, stateDir, isolation: chosen }) => {
  if (engine === null) return [];
  const image = await labImage();
  const userns = image === null ? await fromSettings() : await tried(engine.docker, image, stateDir);
  return [chosen === 'userns' ? userns : weaker(userns)];
};

/** The weaker isolation is set: what it costs, and whether this machine needs it. */
function weaker(userns: DoctorItem): DoctorItem {
  const price = `« capabilities », choisie dans config.json, est la plus faible : ${PRICE}.`;
  if (userns.state === 'ok') {
    return item(
      'warning',
      `${price} Cette machine permet pourtant l’autre (essayé à l’instant).`,
      'Retirez « isolation » de config.json ; les labos faits ainsi sont à refaire (docs/hosting.md).',
    );
  }
  return item(
    'warning',
    `${price} ${userns.observed}`,
    `Gardez ce réglage pour un seul apprenant de confiance, sur une machine où il n’y a rien à perdre. Sinon, autorisez les espaces d’utilisateurs : ${ALLOW}.`,
  );
}

async function fromSettings(): Promise<DoctorItem> {
  const most = await kernelSetting('user/max_user_namespaces');
  if (most === 0) {
    return item(
      'problem',
      'Le noyau n’accorde aucun espace d’utilisateurs (user.max_user_namespaces = 0).',
      '« sysctl -w user.max_user_namespaces=15000 » en root.',
    );
  }
  const observed = most === null ? 'À essayer' : `Le noyau accorde ${most} espaces d’utilisateurs`;
  return item(
    'unknown',
    `${observed} ; l’essai se fait quand l’image du labo est là.`,
    'Lancez « escale images build », puis « escale doctor ».',
  );
}

/** The same system call that isolates a lab, in a temporary container. */
async function tried(docker: Docker, image: string, instance: string): Promise<DoctorItem> {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['unshare', '--user', '--map-root-user', '--mount', '--pid', '--fork', '--net', 'true'],
    Cmd: [],
    Labels: { 'escale.instance': instance, 'escale.kind': 'doctor' },
    HostConfig: {
      CapAdd: ['SYS_ADMIN', 'NET_ADMIN'],
      NetworkMode: 'none',
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    },
  });
  try {
    await container.start();
    const { StatusCode } = await container.wait({ abortSignal: AbortSignal.timeout(TRIAL_MS) });
    if (StatusCode === 0) return item('ok', '« userns » : chaque labo a son propre espace d’utilisateurs (essayé à l’instant).');
    return item(
      'problem',
      `Un espace d’utilisateurs est refusé aux conteneurs (essayé, code ${StatusCode}).`,
      `${ALLOW}. Si la machine doit les interdire : une machine virtuelle pour Docker, ou, pour un seul apprenant de confiance, « "isolation": "capabilities" » dans config.json : ${PRICE} (docs/hosting.md).`,
    );
  } finally {
    await container.remove({ force: true });
  }
}

function item(state: DoctorItem['state'], observed: string, mend?: string): DoctorItem {
  return { id: 'isolation', title: TITLE, state, observed, ...(mend === undefined ? {} : { mend }) };
}
