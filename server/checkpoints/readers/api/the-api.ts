import { posix } from 'node:path';
import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { composeServices } from '../compose/compose-services.ts';
import type { ComposeService } from '../compose/model.ts';
import { placeOf } from '../compose/read-compose.ts';
import { currentOf, stackOf } from '../container/stack.ts';
import { finalImage } from '../dockerfile/final-image.ts';
import type { DockerfileModel, FinalImage } from '../dockerfile/model.ts';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.ts';

/** The API's service, and what it is built from. */
export interface Api {
  readonly name: string;
  readonly service: ComposeService;
  /** The place of the service, or of a key in it. */
  readonly place: (...keys: readonly string[]) => Where;
  /** The context of its build in the project: `api`. Empty for the project folder itself. */
  readonly folder: string;
  /** The path of its Dockerfile in the project. */
  readonly dockerfile: string;
  /** Null if there is no such file. */
  readonly model: DockerfileModel | null;
  readonly final: FinalImage | null;
}

/** Throws `NotRead` if no service is built from `api/`. */
export function theApi(view: LabView): Promise<Api> {
  return view.once('api', async () => {
    const { project, folder, of } = await composeServices(view);
    const build = of.api?.service.build;
    if (!of.api || !build) throw new NotRead('absent', 'api');
    const { name, service } = of.api;
    const dockerfile = posix.relative(folder, posix.resolve(build.context, build.dockerfile));
    const source = await view.file(dockerfile);
    const model = source === null ? null : parseDockerfile(source, dockerfile);
    return {
      name,
      service,
      place: (...keys) => placeOf(project, name, ...keys),
      folder: posix.relative(folder, build.context),
      dockerfile,
      model,
      final: model && finalImage(model),
    };
  });
}

/** The API's newest container. Throws `NotRead` if `up` has not created one. */
export async function apiContainer(view: LabView): Promise<ContainerFacts> {
  const { name } = await theApi(view);
  const container = currentOf((await stackOf(view)).of(name));
  if (container === undefined) throw new NotRead('absent', 'stack');
  return container;
}

/** The path in the project of a file of the build's context. */
export function inProject({ folder }: Api, path: string): string {
  return posix.join(folder, path);
}
