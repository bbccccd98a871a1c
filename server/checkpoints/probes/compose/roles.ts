import { posix } from 'node:path';
import type { LabView } from '../../definitions.ts';
import { projectFolder } from '../project/project-folder.ts';
import type { ComposeService } from './model.ts';
import { type ComposeProject, readableCompose } from './read-compose.ts';

export interface Role {
  readonly name: string;
  readonly service: ComposeService;
}

/** Which service plays which part, whatever its name. */
export interface Roles {
  readonly project: ComposeProject;
  /** The project folder, absolute, where the engine is. */
  readonly folder: string;
  /** Built from the project's Dockerfile. */
  readonly etl: Role | null;
  /** Of the family of PostgreSQL. */
  readonly database: Role | null;
  /** What the database's image is or begins with; empty where there is no database. */
  readonly databaseImage: string;
  /** One that looks like the ETL and is built from nothing of the project. */
  readonly unbuiltEtl: Role | null;
}

const ETL_NAME = /etl|pipeline/i;

export function composeRoles(view: LabView): Promise<Roles> {
  return view.once('compose-roles', async () => {
    const project = await readableCompose(view);
    const folder = await projectFolder(view);
    const all = Object.entries(project.model.services).map(([name, service]): Role => ({ name, service }));
    const etl = best(
      all.filter(({ service }) => buildsFrom(service, folder)),
      ({ name }) => [name === 'etl', ETL_NAME.test(name)],
    );
    const databases: Role[] = [];
    for (const role of all) if (isPostgres(await imageOf(view, role.service, folder))) databases.push(role);
    const database = best(databases, ({ name }) => [etl !== null && speaksOf(etl.service, name), name === 'postgres']);
    const unbuiltEtl = all.find(({ name, service }) => ETL_NAME.test(name) && name !== etl?.name && !buildsFrom(service, folder));
    const databaseImage = database ? await imageOf(view, database.service, folder) : '';
    return { project, folder, etl, database, databaseImage, unbuiltEtl: unbuiltEtl ?? null };
  });
}

/** The first of those that satisfy most, earlier wishes before later ones. */
function best(roles: readonly Role[], wishes: (role: Role) => readonly boolean[]): Role | null {
  const rank = (role: Role) => wishes(role).reduce((sum, wish) => sum * 2 + Number(wish), 0);
  return roles.reduce<Role | null>((chosen, role) => (chosen === null || rank(role) > rank(chosen) ? role : chosen), null);
}

function buildsFrom({ build }: ComposeService, folder: string): boolean {
  if (!build || build.dockerfile_inline !== undefined) return false;
  return posix.resolve(build.context, build.dockerfile) === posix.join(folder, 'Dockerfile');
}

/** The image of a service, or the one that its own Dockerfile begins with. */
async function imageOf(view: LabView, { build, image = '' }: ComposeService, folder: string): Promise<string> {
  if (!build) return image;
  const path = posix.relative(folder, posix.resolve(build.context, build.dockerfile));
  const source = build.dockerfile_inline ?? (path.startsWith('..') ? null : await view.file(path));
  return /^\s*FROM\s+(?:--\S+\s+)*(\S+)/im.exec(source ?? '')?.[1] ?? '';
}

function isPostgres(image: string): boolean {
  const [name = ''] = (image.split('/').at(-1) ?? '').split(/[:@]/);
  return /^(postgres|postgresql|postgis|timescaledb(-ha)?|pgvector)$/i.test(name);
}

function speaksOf({ environment, depends_on }: ComposeService, name: string): boolean {
  return name in depends_on || Object.values(environment).some((value) => value?.includes(name));
}
