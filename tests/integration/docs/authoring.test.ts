import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docker, imageContext, longEnough, quiet, repoRoot, sweep } from '../images/scratch-instance.ts';
import { copyRepository, make, workedExamples } from './worked-examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'escale-authoring-'));
const copy = join(folder, 'repository');
const state = join(folder, 'state');
const blocks = workedExamples(readFileSync(join(repoRoot, 'docs/authoring.md'), 'utf8'));
const commands = blocks.filter(({ path }) => path === 'run').flatMap(({ text }) => text.trim().split('\n'));

beforeAll(() => {
  copyRepository(repoRoot, copy);
  for (const block of blocks) if (block.path !== 'run' && !ofImage(block)) make(block, copy);
});
afterAll(async () => {
  await sweep(state);
  rmSync(folder, { recursive: true, force: true });
});

/** Image examples come last: with another image, labs of the copy would need another image store, which would have to be filled. */
function ofImage({ path }: { readonly path: string }): boolean {
  return /^(lab-stack|server)\/images\//.test(path);
}

/** Runs a command of the page in the copy; returns its output. */
function run(command: string): string {
  const path = `${join(copy, 'node_modules/.bin')}:${dirname(process.execPath)}:${process.env.PATH}`;
  const env = { ...process.env, PATH: path, ESCALE_STATE: state, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  // `escale` uses the repository that it is in: this must be the copy, not the repository that its link points to.
  const typed = command.replace(/^npx escale /, 'node server/cli/main.ts ').replace(/^npx /, '');
  return execFileSync('bash', ['-c', typed], { cwd: copy, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('the worked examples of docs/authoring.md', () => {
  it('add a criterion, a mistake and a variant, and a lab judges them as expected', { timeout: 300_000 }, () => {
    const [lessonTest = ''] = commands.filter((command) => command.includes('lesson test'));
    const report = JSON.parse(run(lessonTest));
    expect(report).toMatchObject({
      wrong: 0,
      tasks: [{ starter: { ok: true }, solution: { ok: true }, mistakes: [{ name: 'one-variable', ok: true }], variants: [{ ok: true }] }],
    });
  });

  it('add a lesson, which is checked and built', { timeout: 240_000 }, () => {
    const others = commands.filter((command) => !command.includes('lesson test'));
    expect(others).toHaveLength(2);
    for (const command of others) run(command);
    const page = readFileSync(join(copy, 'dist/fr/5.2/index.html'), 'utf8');
    expect(page).toContain('Des journaux bornés');
    expect(existsSync(join(copy, 'dist/fr/1.3/index.html'))).toBe(true);
  });

  it('add an image, which is built and runs', async () => {
    for (const block of blocks) if (ofImage(block)) make(block, copy);
    const load = (path: string) => import(pathToFileURL(join(copy, path)).href);
    const { courseImage } = await load('server/images/course/catalogue.ts');
    const { compatibleImage } = await load('server/images/course/compatible-images.ts');
    const context = { ...(await imageContext()), repoRoot: copy };
    const { reference } = await compatibleImage(context, courseImage('port-of-call:latest'), quiet, longEnough());
    try {
      const container = await docker.createContainer({ Image: reference });
      await container.start();
      await container.wait();
      const said = await container.logs({ stdout: true });
      await container.remove();
      expect(said.toString()).toContain('Bonne escale');
    } finally {
      await docker.getImage(reference).remove();
    }
  });
});
