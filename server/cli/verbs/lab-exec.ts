import { execStartSchema } from '../../../contract/agent.ts';
import type { Verb } from '../definitions.ts';
import { labArg, readArgs, usageError } from '../read-args.ts';

/** The exit status of a failure that is not the command's own, as with `docker run`. */
const FAILURE_EXIT = 125;

export const labExec: Verb = {
  name: 'lab exec',
  usage: '<labo> [--root] -- <commande…>',
  summary: 'Lance une commande dans le labo ; sa sortie et son code de retour sont les siens.',
  failureExit: FAILURE_EXIT,
  async run(args, context) {
    const dashes = args.indexOf('--');
    const argv = dashes < 0 ? [] : args.slice(dashes + 1);
    const { positionals, values } = readArgs(args.slice(0, Math.max(dashes, 0)), { root: { type: 'boolean' } }, { min: 1, max: 1 });
    if (argv.length === 0) throw usageError('Il manque « -- » et la commande.');
    const lab = labArg(positionals[0]);
    const control = await context.control();
    const agent = await control.labs.agent(lab);
    // The command may run for hours: release the state folder for others.
    await control.close();
    const start = execStartSchema.parse({ argv, user: values.root ? 'root' : 'dataeng' });
    const { stdin, stdout, stderr } = context.io;
    const { code } = await agent.execStream(start, { stdin, stdout, stderr }, context.signal);
    return { exit: code };
  },
};
