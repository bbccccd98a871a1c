import { COURSE_IMAGES } from '../../images/course/catalogue.ts';
import type { PreparedImage } from '../../images/definitions.ts';
import { readHostSettings } from '../../images/host/host-settings.ts';
import { fillEngineStore } from '../../labs/service/fill-engine-store.ts';
import { fillerSpec } from '../../local-host.ts';
import { seconds } from '../../units.ts';
import type { Verb } from '../definitions.ts';
import { makeImages, openHost, openImages } from '../open-host.ts';
import { readArgs } from '../read-args.ts';

const WHY: Record<PreparedImage['origin'], string> = {
  official: 'image officielle : le registre public répond',
  built: 'image compatible, construite ici à partir de paquets : le registre public ne répond pas',
};

export const imagesList: Verb = {
  name: 'images list',
  usage: '',
  summary: 'Les images du cours, officielles ou construites ici, et pourquoi ; l’image du labo.',
  async run(args, context) {
    readArgs(args, {}, { min: 0, max: 0 });
    const images = await openImages(context.environment, context.stateDir);
    const [lab, course] = await Promise.all([images.findLabImage(), images.list()]);
    const listed = course.map((image) => ({
      ...image,
      why: image.ready ? WHY[image.origin] : 'pas encore construite : « escale images build »',
    }));
    const lines = listed.map(({ name, sizeBytes, why }) => `${name.padEnd(32)} ${size(sizeBytes).padStart(9)}  ${why}`);
    return { exit: 0, document: { lab, images: listed }, text: [`Image du labo : ${lab ?? 'pas encore construite'}`, ...lines].join('\n') };
  },
};

export const imagesBuild: Verb = {
  name: 'images build',
  usage: '[--first]',
  summary:
    'Prépare l’image du labo, les images du cours, et ce par quoi chaque nouveau labo les a d’emblée ; ce qui est là est gardé. --first : seulement ce qu’il faut à la première partie.',
  async run(args, context) {
    const { values } = readArgs(args, { first: { type: 'boolean' } }, { min: 0, max: 0 });
    const began = performance.now();
    const { host, config } = await openHost(context.environment, context.stateDir);
    const { images } = host;
    const lab = await images.labImage(context.say, context.signal);
    const registry = await images.registry(context.say, context.signal);
    const which = values.first ? 'first' : 'all';
    await makeImages(images, which === 'first' ? COURSE_IMAGES.filter(({ later }) => later === undefined) : COURSE_IMAGES, context);
    const materials = { image: lab, registry, engineStore: null };
    const filler = fillerSpec({ host, config, materials, settings: await readHostSettings() });
    const engineStore = await fillEngineStore(
      host,
      filler,
      which,
      (line) => context.say(`Dans chaque nouveau labo : ${line}`),
      context.signal,
    );
    const tookMs = performance.now() - began;
    return {
      exit: 0,
      document: { lab, registry, engineStore, images: await images.list(), tookMs },
      text: `Images prêtes (${seconds(tookMs)}).`,
    };
  },
};

function size(bytes: number): string {
  return bytes === 0 ? '' : `${Math.round(bytes / 1e6)} Mo`;
}
