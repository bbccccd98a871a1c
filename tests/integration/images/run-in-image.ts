import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { docker } from './scratch-instance.ts';

/** Runs a shell script in a new container of the image; returns its output, or throws if it fails. */
export async function runInImage(image: string, script: string, options: { user?: string; binds?: string[] } = {}): Promise<string> {
  const output = new PassThrough();
  const said = text(output);
  const [{ StatusCode }, container] = await docker.run(image, ['sh', '-euc', script], output, {
    Tty: true,
    Entrypoint: [],
    User: options.user ?? '',
    Labels: { 'escale.kind': 'test' },
    HostConfig: { Binds: options.binds ?? [] },
  });
  await container.remove({ force: true });
  output.end();
  const all = (await said).replaceAll('\r\n', '\n');
  if (StatusCode !== 0) throw new Error(`exit status ${StatusCode}:\n${all}`);
  return all.trim();
}
