import type { Where } from '../../../../contract/verdict.ts';
import type { ContainerFacts } from '../../../lab-engine/definitions.ts';
import type { LabView } from '../../definitions.ts';
import { composeServices } from '../compose/compose-services.ts';
import { lastOf } from '../dockerfile/final-image.ts';
import { at } from '../dockerfile/quote.ts';
import { withoutBrokenUrl } from '../logs/broken-url.ts';
import { causeOf } from '../logs/etl-cause.ts';
import { lastException } from '../logs/failure-lines.ts';
import { apiCode, placeInApi, tracedInApi } from './api-code.ts';
import { changedInApi } from './older-api.ts';
import { type Api, inProject, theApi } from './the-api.ts';

/** Why the API's program stopped or failed to answer, as its log tells. */
export interface ApiCause {
  readonly code: string;
  readonly what: string;
  readonly where: Where;
  readonly look: string;
}

const REBUILD = '`docker compose up -d --build`';

/** The cause that a log names. A bug that only an older image still has is that image's. */
export async function apiCause(view: LabView, container: ContainerFacts, whole: string): Promise<ApiCause> {
  const api = await theApi(view);
  const log = withoutBrokenUrl(whole);
  const own =
    importString(api, log) ?? (await oldFastApi(view, api, log)) ?? (await ownModule(view, api, log)) ?? (await badSyntax(view, api, log));
  const { cause, inCode } = own === null ? await generalCause(view, api, container, log) : { cause: own, inCode: true };
  const [changed] = inCode ? await changedInApi(view, api, container) : [];
  if (changed === undefined) return cause;
  return {
    code: 'api.image-older',
    what: `${cause.what}. L’image a été construite avant le dernier changement de \`${changed}\``,
    where: { file: changed, service: api.name },
    look: `Reconstruisez l’image : ${REBUILD}`,
  };
}

/** What uvicorn says of the name that it was given. */
function importString(api: Api, log: string): ApiCause | null {
  const cmd = api.final && (lastOf(api.final, 'CMD') ?? lastOf(api.final, 'ENTRYPOINT'));
  const where = api.service.command ? api.place('command') : { ...at(cmd), ...(cmd ? {} : { file: api.dockerfile }), service: api.name };
  const said = (code: string, what: string, look: string) => ({ code, what, where, look });
  const command = [...(api.service.command ?? []), cmd?.text ?? ''].join(' ');
  const asked = /([\w.]+):\w+/.exec(command)?.[1];
  const absent = /ModuleNotFoundError: No module named '([^']+)'/.exec(log)?.[1];
  const isAsked = absent !== undefined && (asked === absent || asked?.startsWith(`${absent}.`));
  const module = /Could not import module "([^"]+)"/.exec(log)?.[1] ?? (isAsked ? asked : undefined);
  if (module)
    return said(
      'api.import-string',
      `uvicorn ne trouve pas le module \`${module}\` (« ${absent ? 'No module named' : 'Could not import module'} ») : l’image n’a pas de \`${module.replaceAll('.', '/')}.py\` dans son dossier de travail`,
      'Dans `main:app`, `main` est le fichier sans `.py`, lu depuis `WORKDIR` : vérifiez ce nom, et que le `Dockerfile` copie le fichier à cet endroit.',
    );
  const [, attribute, holder] = /Attribute "([^"]+)" not found in module "([^"]+)"/.exec(log) ?? [];
  if (attribute)
    return said(
      'api.app-absent',
      `le module \`${holder}\` n’a pas de variable \`${attribute}\` (« Attribute "${attribute}" not found »)`,
      `Après les deux-points, c’est le nom de la variable qui reçoit \`FastAPI(…)\` : donnez le même nom aux deux.`,
    );
  if (!/must be in format "<module>:<attribute>"/.test(log)) return null;
  return said(
    'api.import-string',
    'uvicorn attend `module:variable`',
    'Écrivez `main:app` : le fichier sans `.py`, puis la variable de l’application.',
  );
}

/** A module of the project that the image does not have. */
async function ownModule(view: LabView, api: Api, log: string): Promise<ApiCause | null> {
  const name = /ModuleNotFoundError: No module named '([^']+)'/.exec(log)?.[1];
  const file =
    name &&
    (await apiCode(view, api)).find(({ path }) => path === `${name.replaceAll('.', '/')}.py` || path.startsWith(`${name.split('.')[0]}/`));
  if (!name || !file) return null;
  const copy = api.final && lastOf(api.final, 'COPY');
  return {
    code: 'api.not-copied',
    what: `l’image n’a pas \`${file.path}\`, que le programme importe (ModuleNotFoundError: ${name})`,
    where: { ...at(copy), ...(copy ? {} : { file: api.dockerfile }), service: api.name },
    look: `Le \`Dockerfile\` doit copier \`${file.path}\` aussi ; puis ${REBUILD}`,
  };
}

/** FastAPI 0.104 takes no `Annotated` parameter of pydantic 2.12 and later, which pip installs beside it. */
async function oldFastApi(view: LabView, api: Api, log: string): Promise<ApiCause | null> {
  const name = /Cannot use `FieldInfo` for path param '([^']+)'/.exec(log)?.[1];
  if (!name) return null;
  return {
    code: 'api.annotated',
    what: `FastAPI refuse le paramètre \`${name}\` (« Cannot use \`FieldInfo\` ») : sa version et celle de pydantic ne s’entendent pas sur \`Annotated[…, Path(…)]\``,
    where: await placeInApi(view, api, /Annotated\[.*Path\(/, /Annotated\[/),
    look: `Écrivez \`${name}: int = Path(ge=1)\`, ou prenez un FastAPI plus récent ; puis ${REBUILD}`,
  };
}

async function badSyntax(view: LabView, api: Api, log: string): Promise<ApiCause | null> {
  const error = /^((?:Syntax|Indentation|Tab)Error: .*)$/m.exec(log)?.[1];
  const where = error && (await tracedInApi(view, api, log));
  if (!error || !where) return null;
  return {
    code: 'api.syntax',
    what: `Python ne peut pas lire \`${where.file}\` : ${error}`,
    where,
    look: `Corrigez cette ligne, ou celle d’au-dessus, puis reconstruisez : ${REBUILD}`,
  };
}

/** Causes that any program that reads the database can have. */
async function generalCause(
  view: LabView,
  api: Api,
  container: ContainerFacts,
  log: string,
): Promise<{ cause: ApiCause; inCode: boolean }> {
  const { project, all, of } = await composeServices(view);
  const service = all.find(({ name }) => name === api.name);
  const traced = await tracedInApi(view, api, log);
  if (service === undefined) return { cause: crash(api, log, traced), inCode: true };
  const found = causeOf({ log, project, etl: service, database: of.postgres, env: container.env });
  if (found.code === 'etl.failed') return { cause: crash(api, log, traced), inCode: true };
  const place: Where =
    found.code === 'etl.module-missing' ? { file: inProject(api, 'requirements.txt'), service: api.name } : { ...traced, ...found.where };
  const look = found.code === 'etl.module-missing' ? packageLook(api, log) : found.look;
  return { cause: { code: found.code.replace('etl.', 'api.'), what: found.what, where: place, look }, inCode: found.inCode };
}

function packageLook(api: Api, log: string): string {
  const name = /No module named '([^'.]+)/.exec(log)?.[1] ?? '';
  const pack = PACKAGES[name] ?? name;
  return `Ajoutez \`${pack}\` à \`${inProject(api, 'requirements.txt')}\`, puis reconstruisez : ${REBUILD}`;
}

/** Packages with another name than their module. */
const PACKAGES: Readonly<Record<string, string>> = { psycopg2: 'psycopg2-binary', dotenv: 'python-dotenv', yaml: 'pyyaml' };

function crash(api: Api, log: string, traced: Where | null): ApiCause {
  return {
    code: 'api.crashed',
    what: lastException(log) || 'son journal ne dit rien',
    where: traced ?? { service: api.name },
    look: `\`docker compose logs ${api.name}\` montre tout ce qu’elle a dit.`,
  };
}
