import type { Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { isSecretName, passwordInUrl } from '../../mask.ts';
import { lastOf } from '../dockerfile/final-image.ts';
import { variablesOf } from '../dockerfile/variables.ts';
import { findInApi } from './api-code.ts';
import type { Api } from './the-api.ts';

const RELOAD = /(^|\s)--reload\b/;
/** The text of an exception, given to the client. */
const LEAK = /detail\s*=\s*(str\(|f["'].*\{\s*(e|err|error|exc|exception)\b|repr\()/;

/** Where an API does what an image to be delivered should not. */
export async function apiTraps(view: LabView, api: Api) {
  const written = api.final?.instructions ?? [];
  const place = (line: number | undefined) => ({ file: api.dockerfile, ...(line ? { line } : {}), service: api.name });
  const user = api.final && lastOf(api.final, 'USER');
  const account = api.service.user ?? user?.text ?? 'root';
  const secret = written.find((one) =>
    variablesOf(one).some(([name, value]) => value !== '' && !value.startsWith('$') && (isSecretName(name) || passwordInUrl(value))),
  );
  return {
    root: /^\s*(root|0)\s*(:|$)/.test(account) && place(user?.line ?? api.final?.baseLine),
    reload: reloadPlace(api) ?? (await findInApi(view, api, /\.run\(.*reload\s*=\s*True/)),
    leaks: await findInApi(view, api, LEAK),
    secret: secret && place(secret.line),
  };
}

/** Where the command that counts says `--reload`: Compose's, otherwise the image's. */
function reloadPlace({ service, final, dockerfile, name, place }: Api): Where | null {
  const own = [service.command, service.entrypoint].flatMap((words) => words ?? []);
  if (own.some((word) => RELOAD.test(word))) return place('command');
  const commands = (final?.instructions ?? []).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const found = service.command === null && commands.findLast(({ text, json }) => (json ?? [text]).some((word) => RELOAD.test(word)));
  return found ? { file: dockerfile, line: found.line, service: name } : null;
}
