import { EscaleError } from '../../errors/escale-error.ts';
import { readContract } from '../../image-contracts/read-contract.ts';
import { type ClauseResult, tryClause, tryPull } from '../../image-contracts/try-clause.ts';
import { COURSE_IMAGES, type CourseImage } from '../../images/course/catalogue.ts';
import type { LabAgent } from '../../labs/agents/definitions.ts';
import { REPOSITORY } from '../../local-host.ts';
import { seconds } from '../../units.ts';
import type { Verb, VerbContext } from '../definitions.ts';
import { makeImages, openImages } from '../open-host.ts';
import { readArgs, usageError } from '../read-args.ts';

export const imagesTest: Verb = {
  name: 'images test',
  usage: '[--official] [<image>…]',
  summary: 'Éprouve les images du cours dans un labo fait pour cela ; --official : seulement si ce sont les officielles.',
  async run(args, context) {
    const { values, positionals } = readArgs(args, { official: { type: 'boolean' } }, { min: 0, max: 50 });
    const wanted = positionals.length === 0 ? COURSE_IMAGES : positionals.map(courseImageArg);
    const images = await openImages(context.environment, context.stateDir);
    await images.registry(context.say, context.signal);
    if (values.official && !images.publicRegistry()) throw notOfficial();
    await makeImages(images, wanted, context);
    const origins = new Map((await images.list()).map(({ name, origin }) => [name, origin]));
    const { labs } = await context.control();
    const { lab } = await labs.start({ signal: context.signal });
    try {
      const agent = await labs.agent(lab);
      const tried = [];
      for (const image of wanted) tried.push({ ...(await tryImage(agent, image, context)), origin: origins.get(image.names[0]) });
      const wrong = tried.filter(({ ok }) => !ok).length;
      return {
        exit: wrong === 0 ? 0 : 1,
        document: { images: tried, wrong },
        text: `${tried.length} images éprouvées, ${wrong} en défaut.`,
      };
    } finally {
      await labs.remove(lab);
    }
  },
};

/** Pulls an image and checks its contract; reports each clause. */
async function tryImage(agent: LabAgent, { names: [name], folder }: CourseImage, { say, signal }: VerbContext) {
  const clauses: ClauseResult[] = [];
  const tell = (result: ClauseResult): void => {
    clauses.push(result);
    say(`${result.ok ? '✓' : '✗'} ${name} : ${result.title} (${seconds(result.tookMs)})${result.ok ? '' : `\n  ${result.said}`}`);
  };
  tell(await tryPull(agent, name, signal));
  if (clauses.every(({ ok }) => ok)) {
    for (const clause of await readContract(REPOSITORY, folder)) tell(await tryClause(agent, name, clause, signal));
  }
  return { name, ok: clauses.every(({ ok }) => ok), clauses };
}

function courseImageArg(word: string): CourseImage {
  const found = COURSE_IMAGES.find(({ names }) => names.includes(word) || names.includes(`${word}:latest`));
  if (found !== undefined) return found;
  const known = COURSE_IMAGES.map(({ names }) => names[0]).join(', ');
  throw usageError(`« ${word} » n’est pas une image du cours : ${known}.`);
}

function notOfficial(): EscaleError {
  return new EscaleError('unavailable', 'images.no-official', {
    message: 'Le registre public ne répond pas : les images officielles ne peuvent pas être éprouvées ici.',
    hint: 'Sans --official, `escale images test` éprouve celles qui sont construites sur cette machine.',
  });
}
