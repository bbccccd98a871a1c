import { posix } from 'node:path';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { SERVICES, type ServiceKind, type ServiceName } from '../../services.ts';
import { projectFolder } from '../project/project-folder.ts';
import type { ComposeService } from './model.ts';
import { type ComposeProject, readableCompose } from './read-compose.ts';

/** A service as Compose resolves it. */
export interface Service {
  readonly name: string;
  readonly service: ComposeService;
  /** The image that it runs, or the base image of its own Dockerfile. Empty if neither is written. */
  readonly image: string;
}

/** The services of the Compose file, and which of them stand for the brief's services. */
export interface ComposeServices {
  readonly project: ComposeProject;
  /** The project folder, absolute, where the engine is. */
  readonly folder: string;
  readonly all: readonly Service[];
  readonly of: Readonly<Record<ServiceName, Service | null>>;
}

export function composeServices(view: LabView): Promise<ComposeServices> {
  return view.once('compose-services', async () => {
    const project = await readableCompose(view);
    const folder = await projectFolder(view);
    const all = await Promise.all(
      Object.entries(project.model.services).map(async ([name, service]) => ({
        name,
        service,
        image: await imageOf(view, service, folder),
      })),
    );
    const built = { etl: pick(all, SERVICES.etl, folder), api: pick(all, SERVICES.api, folder) };
    const askedBy = ({ name }: Service) => [built.etl, built.api].map((one) => one !== null && mentions(one.service, name));
    const asked = (kind: ServiceKind) => pick(all, kind, folder, askedBy);
    const { postgres, mongodb, redis } = SERVICES;
    return { project, folder, all, of: { ...built, postgres: asked(postgres), mongodb: asked(mongodb), redis: asked(redis) } };
  });
}

/** The service that stands for one of the brief's, whatever its name. Throws `NotRead` if there is none, which blocks on the criterion that owns it. */
export async function theService(view: LabView, name: ServiceName): Promise<Service> {
  const found = (await composeServices(view)).of[name];
  if (found === null) throw new NotRead('absent', name);
  return found;
}

/** Of the services of a kind, prefers one that the ETL refers to, then the API, then one with the brief's name, then one with a usual name. */
function pick(
  all: readonly Service[],
  { build, image, names }: ServiceKind,
  folder: string,
  preferred: (one: Service) => readonly boolean[] = () => [],
): Service | null {
  const rank = (one: Service) => [...preferred(one), one.name === names[0], names[1]?.test(one.name) ?? false];
  const fits = all.filter((one) => (build === undefined ? image?.test(bareName(one.image)) : buildsFrom(one.service, folder, build)));
  return fits.sort((a, b) => score(rank(b)) - score(rank(a)))[0] ?? null;
}

function score(wishes: readonly boolean[]): number {
  return wishes.reduce((sum, wish) => sum * 2 + Number(wish), 0);
}

function buildsFrom({ build }: ComposeService, folder: string, dockerfile: RegExp): boolean {
  if (!build || build.dockerfile_inline !== undefined) return false;
  return dockerfile.test(posix.relative(folder, posix.resolve(build.context, build.dockerfile)));
}

async function imageOf(view: LabView, { build, image = '' }: ComposeService, folder: string): Promise<string> {
  if (!build) return image;
  const path = posix.relative(folder, posix.resolve(build.context, build.dockerfile));
  const source = build.dockerfile_inline ?? (path.startsWith('..') ? null : await view.file(path));
  return /^\s*FROM\s+(?:--\S+\s+)*(\S+)/im.exec(source ?? '')?.[1] ?? '';
}

/** Without registry, tag and digest. */
function bareName(image: string): string {
  return (image.split('/').at(-1) ?? '').split(/[:@]/)[0] ?? '';
}

function mentions({ environment, depends_on }: ComposeService, name: string): boolean {
  return name in depends_on || Object.values(environment).some((value) => value?.includes(name));
}
