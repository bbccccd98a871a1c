import { describe, expect, it } from 'vitest';
import { isOutdated } from '../../../../../../server/checkpoints/readers/trouble/outdated.ts';
import { composeSubject, containerOf } from '../../fakes/compose-subject.ts';
import { viewOf } from '../../fakes/view-of.ts';

const MADE = 'a'.repeat(64);
const OTHER = 'b'.repeat(64);
const made = containerOf('etl', { createdMs: 2_000_000, labels: { 'com.docker.compose.config-hash': MADE } });

/** The newest of two settings files changed at `changedS`; Compose answers `hash`. */
function look(changedS: number, hash: string): { outdated: Promise<boolean>; asked: string[] } {
  const asked: string[] = [];
  const subject = composeSubject(undefined, {}, { find: `1000.5\n${changedS}\n` });
  const run: typeof subject.project.run = async (argv, options) => {
    asked.push(argv[0] ?? '');
    return argv.includes('--hash') ? { code: 0, timedOut: false, stdout: `etl ${hash}\n`, stderr: '' } : subject.project.run(argv, options);
  };
  const view = viewOf({ ...subject, project: { ...subject.project, run } });
  return { outdated: isOutdated(view, 'etl', made), asked };
}

describe('a container made from older settings', () => {
  it('is one whose settings changed since, in a file', async () => {
    expect(await look(2001.25, OTHER).outdated).toBe(true);
    expect(await look(2001.25, MADE).outdated).toBe(false);
  });

  it('is not one where no file changed since, and Compose is not asked then', async () => {
    const { outdated, asked } = look(1999, OTHER);
    expect(await outdated).toBe(false);
    expect(asked).toEqual(['find']);
  });
});
