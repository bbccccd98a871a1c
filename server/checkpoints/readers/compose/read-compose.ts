import { posix } from 'node:path';
import type { Where } from '../../../../contract/verdict.ts';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView, ToolResult } from '../../definitions.ts';
import { NotRead } from '../../reading.ts';
import { projectFolder } from '../project/project-folder.ts';
import { faultOfCompose } from './compose-fault.ts';
import { COMPOSE_FILE, composeFiles } from './compose-files.ts';
import { ComposePlaces } from './compose-places.ts';
import { type ComposeFault, type ComposeModel, composeModelSchema } from './model.ts';
import { faultOfSettings, refusedSettings } from './settings-fault.ts';
import { faultOfYaml } from './yaml-fault.ts';
import { YamlSource } from './yaml-source.ts';

/** Maximum size. A larger Compose file is not read. */
const LARGEST_BYTES = 128 * 1024;
const NO_PROGRAM = 127;
/** The message of a Docker without the Compose plugin. */
const NO_COMPOSE = /is not a docker command|unknown flag: --profile/;

export interface ComposeProject {
  readonly state: 'readable';
  /** The base file, then its overrides. */
  readonly files: readonly string[];
  /** Other Compose files, which Compose ignores because of the first. */
  readonly ignored: readonly string[];
  readonly model: ComposeModel;
  readonly places: ComposePlaces;
}

export type ComposeReading =
  | { readonly state: 'absent'; readonly lookalike: string | null }
  | { readonly state: 'faulty'; readonly fault: ComposeFault }
  | ComposeProject;

/** The project's Compose model, as Compose resolves it with all profiles. Read once per look. */
export function readCompose(view: LabView): Promise<ComposeReading> {
  return view.once('compose', async () => {
    const { used, ignored, lookalike } = await composeFiles(view);
    if (used.length === 0) return { state: 'absent', lookalike };
    const opened = await openSources(view, used);
    if (!Array.isArray(opened)) return { state: 'faulty', fault: opened };
    // Whoever reads the model needs the folder next, so it is already asked for.
    const [asked] = await Promise.all([resolvedByCompose(view), projectFolder(view)]);
    if (asked.code === NO_PROGRAM || NO_COMPOSE.test(asked.stderr)) throw new LabUnavailable('engine');
    if (asked.timedOut) return { state: 'faulty', fault: tooSlow(used[0] ?? COMPOSE_FILE) };
    if (asked.code !== 0) return { state: 'faulty', fault: await refusal(view, asked.stderr, opened) };
    const resolved = unescaped(asked.stdout);
    if (resolved === null) return { state: 'faulty', fault: tooMuch(used[0] ?? COMPOSE_FILE) };
    const model = composeModelSchema.parse(resolved);
    const places = new ComposePlaces(await withExtended(view, opened));
    return { state: 'readable', files: used, ignored, model, places };
  });
}

/** What Compose prints as its resolved model, with all profiles. Asked once per look. */
export function resolvedByCompose(view: LabView): Promise<ToolResult> {
  return view.tool(['docker', 'compose', '--profile', '*', 'config', '--format', 'json']);
}

/** The model. Throws `NotRead` if Compose cannot read the file. */
export async function readableCompose(view: LabView): Promise<ComposeProject> {
  const reading = await readCompose(view);
  if (reading.state !== 'readable') throw new NotRead('absent', 'compose');
  return reading;
}

/** The place of a service, or of a key in it. */
export function placeOf(project: ComposeProject, service: string, ...keys: readonly string[]): Where {
  return { ...project.places.nearest(['services', service, ...keys]), service };
}

async function openSources(view: LabView, files: readonly string[]): Promise<YamlSource[] | ComposeFault> {
  const sizes = new Map((await view.entries()).map(({ path, size }) => [path, size]));
  const sources: YamlSource[] = [];
  for (const file of files) {
    const fault = (code: string, what: string, look: string) => ({ code, file, line: null, what, look });
    if ((sizes.get(file) ?? 0) > LARGEST_BYTES)
      return fault(
        'compose.too-large',
        'le fichier dépasse 128 Ko : il n’est pas lu',
        'Un fichier Compose tient en quelques dizaines de lignes.',
      );
    const text = await view.file(file);
    if (text === null)
      return fault('compose.unreadable', 'ce n’est pas un fichier de texte que l’on peut lire', 'Vérifiez son nom et ses droits.');
    const source = new YamlSource(file, text);
    const problem = source.problem();
    if (problem) return faultOfYaml(source, problem);
    if (source.isEmpty)
      return fault('compose.empty', 'le fichier est vide', 'Il commence par `services:`, sous laquelle chaque service a son nom.');
    if (!source.isMapping)
      return {
        ...fault('compose.no-key', 'le fichier ne commence pas par une clé', 'Il commence par `services:`, sans tiret devant.'),
        line: 1,
      };
    sources.push(source);
  }
  return sources;
}

async function refusal(view: LabView, stderr: string, sources: readonly YamlSource[]): Promise<ComposeFault> {
  const settings = refusedSettings(stderr);
  if (settings !== null) {
    const path = posix.relative(await projectFolder(view), settings);
    return faultOfSettings(settings, path.startsWith('..') ? null : await view.file(path), stderr);
  }
  return faultOfCompose(stderr, sources, (await view.file('.env')) ?? '', await view.rootNames());
}

/** The files that `extends` and `include` name, for the places of their content. */
async function withExtended(view: LabView, sources: readonly YamlSource[]): Promise<YamlSource[]> {
  const named = sources.flatMap((source) => [
    ...source.strings(['include']),
    ...source.keys(['services']).flatMap((service) => source.strings(['services', service, 'extends', 'file'])),
  ]);
  const others = [...new Set(named.map((path) => path.replace(/^\.\//, '')))].slice(0, 10);
  const texts = await Promise.all(others.map(async (file) => ({ file, text: await view.file(file) })));
  return [...texts.flatMap(({ file, text }) => (text === null ? [] : [new YamlSource(file, text)])), ...sources];
}

/** The model with single `$`: Compose doubles each one, so that its output is a Compose file again. Null if the output was cut off. */
function unescaped(json: string): unknown {
  try {
    return JSON.parse(json.replaceAll('$$', '$'));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function tooSlow(file: string): ComposeFault {
  return {
    code: 'compose.too-slow',
    file,
    line: null,
    what: '`docker compose config` ne termine pas',
    look: 'Cherchez une ancre, un `extends` ou un `include` qui se reprend lui-même.',
  };
}

/** Outputs of programs are cut at one mebibyte. */
function tooMuch(file: string): ComposeFault {
  return {
    code: 'compose.too-large',
    file,
    line: null,
    what: 'une fois ses ancres et ses `extends` dépliés, le modèle dépasse 1 Mo : il n’est pas lu',
    look: 'Cherchez une ancre que d’autres ancres reprennent, chacune plusieurs fois.',
  };
}
