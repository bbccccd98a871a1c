import { seconds } from '../../units.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs } from '../read-args.ts';
import { stepText } from '../texts.ts';

export const labStart: Verb = {
  name: 'lab start',
  usage: '[<labo>]',
  summary: 'Crée un labo, ou redémarre celui qui est nommé ; rend la main quand il est prêt.',
  async run(args, context) {
    const { positionals } = readArgs(args, {}, { min: 0, max: 1 });
    const named = positionals[0] === undefined ? {} : { lab: labArg(positionals[0]) };
    const control = await context.control();
    const started = await control.labs.start({
      ...named,
      onStep: (step) => {
        if (step.state === 'done' || step.state === 'failed') context.say(stepText(step));
      },
      signal: context.signal,
    });
    return { exit: 0, document: started, text: `Le labo ${started.lab} est prêt (${seconds(started.tookMs)}).` };
  },
};
