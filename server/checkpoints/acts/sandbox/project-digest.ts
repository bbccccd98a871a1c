import { z } from 'zod';
import { LabUnavailable } from '../../../lab-engine/lab-unavailable.ts';
import type { LabView } from '../../definitions.ts';
import { COPIED } from './copy-project.ts';
import { DIGEST_SCRIPT } from './digest-script.ts';
import { jsonOrNull } from './json-or-null.ts';

const replySchema = z.object({ program: z.string().max(100), project: z.string().max(100) });

/** What a run of the program depends on. Neither the Dockerfile nor the Compose file: the trial has containers of its own. */
export async function programDigest(view: LabView): Promise<string> {
  return (await digests(view)).program;
}

/** What a start of the whole project depends on. */
export async function projectDigest(view: LabView): Promise<string> {
  return (await digests(view)).project;
}

/** Of what a trial would copy, so that times, owners and files that a run writes do not count. */
function digests(view: LabView): Promise<z.infer<typeof replySchema>> {
  return view.once('sandbox:digests', async () => {
    const { code, stdout, stderr } = await view.tool(['bash', '-c', `${COPIED} | python3 -I -c "$0"`, DIGEST_SCRIPT]);
    const reply = replySchema.safeParse(code === 0 ? jsonOrNull(stdout) : null);
    if (!reply.success) throw new LabUnavailable('lab', { cause: new Error(stderr.slice(-2000)) });
    return reply.data;
  });
}
