import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { agreementOf } from '../image/agreement.ts';
import { isOlderInside } from '../image/older-image.ts';
import { apiCode } from './api-code.ts';
import { type Api, inProject } from './the-api.ts';

/** The files of the project that are not as they were when the API's image was built: its code, its list of packages, its Dockerfile. */
export async function changedInApi(view: LabView, api: Api, container: ContainerFacts): Promise<string[]> {
  const image = await view.engine.image(container.image);
  if (image === null) return [];
  const requirements = inProject(api, 'requirements.txt');
  const list = { path: 'requirements.txt', text: (await view.file(requirements)) ?? '' };
  const files = [...(await apiCode(view, api)), ...(list.text === '' ? [] : [list])];
  const changed = await Promise.all(
    files.map(async ({ path, text }) => ((await isOlderInside(view, { image, container }, path, text)) ? inProject(api, path) : null)),
  );
  const base = api.final && (await view.engine.image(api.final.base));
  const differs = api.final ? agreementOf(image, api.final, base).differs : null;
  return [...changed.filter((path) => path !== null), ...(differs === null ? [] : [api.dockerfile])];
}
