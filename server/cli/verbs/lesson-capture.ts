import { join, relative, resolve } from 'node:path';
import type { Verdict } from '../../../contract/verdict.ts';
import { criteriaOf } from '../../checkpoints/catalogue.ts';
import { type Captured, captureProject } from '../../checkpoints/lesson-test/cases/capture-project.ts';
import { describeCase, failuresOf } from '../../checkpoints/lesson-test/cases/describe-case.ts';
import { refuseTaken, writeCase } from '../../checkpoints/lesson-test/cases/write-case.ts';
import { LAB_STACK } from '../../checkpoints/lesson-test/read-cases.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs, secondsArg, usageError } from '../read-args.ts';

const OPTIONS = {
  task: { type: 'string' },
  variant: { type: 'boolean' },
  what: { type: 'string' },
  trials: { type: 'boolean' },
  wait: { type: 'string' },
  to: { type: 'string' },
} as const;
/** A stack that was just started takes its time to say how it ended. */
const WAIT_S = 30;

export const lessonCapture: Verb = {
  name: 'lesson capture',
  usage: '<labo> <nom> --task <tâche> [--variant] [--what PHRASE] [--trials] [--wait S] [--to DOSSIER]',
  summary: 'Fait un cas (une erreur connue, ou une variante) de ce qu’un labo contient : ses écarts à la solution, et ce qui y manque.',
  async run(args, context) {
    const { positionals, values } = readArgs(args, OPTIONS, { min: 2, max: 2 });
    const lab = labArg(positionals[0]);
    const name = nameArg(positionals[1]);
    const kind = values.variant ? 'variant' : 'mistake';
    const { task, what, trials = false } = values;
    if (task === undefined) throw usageError('Il manque la tâche dont la solution sert de point de départ : --task 1.4, par exemple.');
    criteriaOf(task);
    const waitMs = secondsArg(values.wait, WAIT_S) * 1000;
    const root = values.to === undefined ? join(LAB_STACK, `${kind}s`, task) : resolve(context.io.cwd, values.to);
    const folder = join(root, name);
    refuseTaken(folder);

    const { labs } = await context.control();
    const captured = await captureProject(await (await labs.agent(lab)).getTree(), task);
    const { criteria: verdicts } = await labs.check(lab, [task], { trials, waitMs, signal: context.signal });
    await writeCase(folder, describeCase({ what, change: captured.change, verdicts, kind }), captured.whole);

    const fails = failuresOf(verdicts);
    const { change, hidden, leftOut } = captured;
    const whole = [...captured.whole].flatMap(([path, entry]) => (entry.kind === 'folder' ? [] : [path]));
    const toWrite = [...(what === undefined ? ['what'] : []), ...(kind === 'mistake' ? ['text'] : [])];
    const document = { lab, task, kind, name, folder, ...change, edits: change.edits.length, whole, fails, hidden, leftOut, toWrite };
    return { exit: 0, document, text: told(relative(context.io.cwd, folder), { captured, whole, verdicts, kind, toWrite }) };
  },
};

interface Told {
  readonly captured: Captured;
  readonly whole: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly kind: 'mistake' | 'variant';
  readonly toWrite: readonly string[];
}

/** What was written, what was seen, and what only the author can say. */
function told(folder: string, { captured: { change, hidden, leftOut }, whole, verdicts, kind, toWrite }: Told): string {
  const moved = Object.entries(change.move).map(([from, to]) => `${from} → ${to}`);
  const edited = [...new Set(change.edits.map(({ file }) => file))];
  const lists: [string, readonly string[]][] = [
    ['modifié', edited],
    ['déplacé', moved],
    ['retiré', change.remove],
    ['dossiers vides', change.folders],
    ['entier', whole],
    ['laissé de côté', leftOut],
  ];
  const lines = lists.flatMap(([label, paths]) => (paths.length > 0 ? [`  ${label} : ${paths.join(', ')}`] : []));
  if (hidden > 0) lines.push(`  ${hidden} valeur(s) secrète(s) remplacée(s) par d’autres mots : relisez le cas avant de le partager.`);
  const seen = verdicts.flatMap((one) =>
    one.verdict === 'not-met' ? [`  ✗ ${one.id} ${one.diagnosis.code} : ${one.diagnosis.observed}`] : [],
  );
  return [`Cas écrit dans ${folder}.`, ...lines, ...seen, ...advice(kind, seen.length, toWrite)].join('\n');
}

function advice(kind: 'mistake' | 'variant', failures: number, toWrite: readonly string[]): string[] {
  const missing = failures === 0 && kind === 'mistake';
  const tooMuch = failures > 0 && kind === 'variant';
  return [
    ...(missing ? ['Aucun critère ne manque dans ce labo : dites dans « fails » lequel devrait, et par quel code.'] : []),
    ...(tooMuch ? ['Une variante remplit tout : ces critères sont à corriger, ou ce cas est une erreur.'] : []),
    ...(toWrite.includes('what') ? ['Reste à écrire : « what », une phrase qui dit ce qui est fait autrement.'] : []),
    ...(toWrite.includes('text') && failures > 0
      ? ['Reste à écrire : « text », les mots que chaque diagnostic doit contenir (« Dockerfile:27 »).']
      : []),
    'Si vous avez tapé autre chose que les commandes de la tâche : « commands ».',
  ];
}

function nameArg(word = ''): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word)) return word;
  throw usageError(`« ${word} » n’est pas un nom de cas : des minuscules, des chiffres et des tirets, comme depends-on-list.`);
}
