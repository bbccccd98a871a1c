import type { Remark, Where } from '../../../../contract/verdict.ts';
import type { LabView } from '../../definitions.ts';
import { isSecretName, passwordInUrl } from '../../mask.ts';
import { remark } from '../findings.ts';
import type { ComposeService } from './model.ts';
import type { ComposeProject } from './read-compose.ts';

const SHORTEST = 3;

/** The first variable of a service whose secret is written in the Compose file itself, as a value or a default. */
export async function clearSecret(
  view: LabView,
  { files }: ComposeProject,
  service: ComposeService,
): Promise<{ name: string; where: Where } | null> {
  for (const [name, value] of Object.entries(service.environment)) {
    const secret = value && (passwordInUrl(value) ?? (isSecretName(name) ? value : null));
    if (!secret || secret.length < SHORTEST) continue;
    for (const file of files) {
      const lines = ((await view.file(file)) ?? '').split(/\r?\n/);
      const index = lines.findIndex((line) => !/^\s*#/.test(line) && writes(line, secret));
      if (index >= 0) return { name, where: { file, line: index + 1 } };
    }
  }
  return null;
}

/** The remark on such a variable of a service, if there is one. */
export function clearSecretRemarks(secret: { name: string; where: Where } | null, service: string): Remark[] {
  if (secret === null) return [];
  const text = `La valeur de \`${secret.name}\` est écrite en clair dans le fichier : prenez-la de \`.env\`, que Git ignore.`;
  return [remark('compose.clear-secret', text, { ...secret.where, service })];
}

/** Whether the secret is a key's value, a default, or in a URL. The same word elsewhere (a user, a service) is not the secret. */
function writes(line: string, secret: string): boolean {
  const before = line.slice(0, Math.max(0, line.lastIndexOf(secret)));
  return (
    line.includes(secret) &&
    /(PASS|PWD|SECRET|TOKEN|KEY)\w*["']?\s*[=:]\s*["']?(\$\{\w+:?-)?$|:\/\/[^@\s]*:(\$\{\w+:?-)?$|(PASS|PWD|SECRET)\w*:?-$/i.test(before)
  );
}
