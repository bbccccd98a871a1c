import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

/** What the linter reports, with the project's rules, for a file with one import. */
function lint(path: string, imported: string): { code: number | null; text: string } {
  const tree = mkdtempSync(join(tmpdir(), 'escale-rules-'));
  try {
    for (const file of ['biome.json', 'tests/rules']) cpSync(join(ROOT, file), join(tree, file), { recursive: true });
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), `import { sample } from '${imported}';\n\nexport const copy = sample;\n`);
    const args = [BIOME, 'lint', '--colors=off', '--vcs-enabled=false', '.'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' });
    return { code: status, text: `${stdout}${stderr}`.replaceAll(/\s+/g, ' ') };
  } finally {
    rmSync(tree, { recursive: true });
  }
}

describe('import rules', () => {
  it.each([
    ['contract/sample.ts', '../server/config.ts', 'contract imports nothing local'],
    ['src/client/sample.ts', '../../server/config.ts', 'the site imports contract'],
    ['agent/sample.ts', '../server/config.ts', 'the agent imports contract'],
    ['server/labs/sample.ts', '../../agent/config.ts', 'the server imports contract'],
    ['server/gateway/http/sample.ts', '../../state/lab-store.ts', 'the gateway asks a service'],
    ['server/gateway/http/sample.ts', '../../images/lab-images.ts', 'the gateway asks a service'],
    ['server/gateway/ws/sample.ts', 'dockerode', 'the gateway asks a service'],
    ['server/labs/sample.ts', '../gateway/door.ts', 'does not know who asks'],
    ['server/workbench/sample.ts', '../cli/cli.ts', 'does not know who asks'],
    ['server/agents/sample.ts', '../labs/lab-service.ts', 'an adapter implements a port'],
    ['server/images/build/sample.ts', '../../services.ts', 'an adapter implements a port'],
    ['server/labs/local-sample.ts', '../workbench/workbench.ts', 'an adapter implements a port'],
    ['server/checkpoints/tasks/1.3/sample.ts', '../../../agents/definitions.ts', 'a checkpoint task is probe calls'],
    ['server/checkpoints/tasks/1.3/sample.ts', '../../engines/docker-engine.ts', 'a checkpoint task is probe calls'],
    ['server/checkpoints/tasks/1.3/sample.ts', 'node:fs', 'a checkpoint task is probe calls'],
    ['server/labs/definitions.ts', 'dockerode', 'a port speaks our own types'],
  ])('%s may not import %s', (path, imported, message) => {
    const { code, text } = lint(path, imported);
    expect(code).toBe(1);
    expect(text).toContain('noRestrictedImports');
    expect(text).toContain(message);
  });

  it.each([
    ['server/gateway/http/sample.ts', '../../labs/lab-access.ts'],
    ['server/gateway/ws/sample.ts', '../../../contract/terminal.ts'],
    ['server/checkpoints/tasks/1.3/sample.ts', '../../probes/dockerfile/user.ts'],
    ['server/checkpoints/tasks/1.3/sample.ts', '../../definitions.ts'],
    ['server/labs/local-sample.ts', 'dockerode'],
    ['server/labs/lab-service.ts', '../agents/definitions.ts'],
    ['server/services.ts', './gateway/door.ts'],
  ])('%s may import %s', (path, imported) => {
    expect(lint(path, imported)).toMatchObject({ code: 0 });
  });
});
