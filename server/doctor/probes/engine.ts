import type { DoctorItem } from '../definitions.ts';
import type { DoctorProbe } from '../world.ts';

/** The fields of the engine's `info` that the doctor uses. */
export interface EngineInfo {
  readonly SecurityOptions?: readonly string[];
  readonly CgroupVersion?: string;
  readonly CgroupDriver?: string;
  readonly KernelVersion?: string;
  readonly OperatingSystem?: string;
  readonly Driver?: string;
  readonly DockerRootDir?: string;
  readonly MemTotal?: number;
  readonly NCPU?: number;
  readonly SystemTime?: string;
  /** Limits that the engine's kernel supports. */
  readonly MemoryLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
}

const OLDEST_API = 1.41;

/** The engine: whether it answers, its version, and whether labs can run on it. */
export const engine: DoctorProbe = async ({ engine: found, addresses }) => {
  if (found === null) {
    return [
      {
        id: 'engine',
        title: 'Moteur Docker',
        state: 'problem',
        observed: `Aucun ne répond (cherché : ${addresses.join(', ')}).`,
        mend: 'Lancez « npm start » en root sur Debian ou Ubuntu : Escale l’installe. Ailleurs, démarrez Docker Desktop, ou « sudo systemctl start docker ».',
      },
    ];
  }
  const [version, info] = await Promise.all([found.docker.version(), engineInfo(found)]);
  const observed = `${version.Version} (API ${version.ApiVersion}) sur ${found.address}, ${info.OperatingSystem ?? 'système inconnu'}`;
  return [engineItem(observed, Number(version.ApiVersion)), ...rights(info)];
};

export async function engineInfo({ docker }: { docker: { info(): Promise<unknown> } }): Promise<EngineInfo> {
  const info: unknown = await docker.info();
  return typeof info === 'object' && info !== null ? info : {};
}

function engineItem(observed: string, api: number): DoctorItem {
  const base = { id: 'engine', title: 'Moteur Docker', observed };
  if (api >= OLDEST_API) return { ...base, state: 'ok' };
  return {
    ...base,
    state: 'problem',
    mend: `Mettez le moteur à jour : Escale demande l’API ${OLDEST_API} (Docker 20.10) ou plus récente.`,
  };
}

function rights(info: EngineInfo): DoctorItem[] {
  const options = info.SecurityOptions ?? [];
  if (options.some((option) => option.includes('rootless'))) {
    return [
      {
        id: 'rootless',
        title: 'Moteur sans root',
        state: 'problem',
        observed: 'Ce moteur tourne sans root (rootless) : il ne peut pas donner à un labo son propre espace d’utilisateurs.',
        mend: 'Utilisez le moteur du système (« sudo systemctl start docker », DOCKER_HOST=unix:///var/run/docker.sock) ou Docker Desktop.',
      },
    ];
  }
  if (options.some((option) => option.includes('userns'))) {
    return [{ id: 'rootless', title: 'Droits du moteur', state: 'ok', observed: 'root, avec ses conteneurs décalés (userns-remap).' }];
  }
  return [{ id: 'rootless', title: 'Droits du moteur', state: 'ok', observed: 'root, comme attendu (pas « rootless »).' }];
}
