import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import rules, { SERVER_ROOMS } from '../../dependency-cruiser.config.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A file, what it imports (from the root, or a package), and the rule that refuses it. */
const REFUSED: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['contract/a.ts', 'server/config.ts', 'contract-imports-nothing-local'],
  ['contract/b.ts', 'dockerode', 'contract-imports-nothing-local'],
  ['contract/c.ts', 'node:fs', 'contract-imports-nothing-local'],
  ['src/lib/a.ts', 'server/config.ts', 'site-imports-contract'],
  ['src/client/b.ts', 'agent/config.ts', 'site-imports-contract'],
  ['src/client/c.ts', 'node:fs', 'browser-has-no-node'],
  ['agent/a.ts', 'server/config.ts', 'agent-imports-contract'],
  ['agent/b.ts', 'src/lib/plan.ts', 'agent-imports-contract'],
  ['lab-stack/source/a.ts', 'server/config.ts', 'source-imports-contract'],
  ['server/labs/service/a.ts', 'agent/config.ts', 'server-imports-contract'],
  ['server/projects/a.ts', 'src/lib/plan.ts', 'server-imports-contract'],
  ['setup/lib/a.mjs', 'dockerode', 'setup-needs-nothing'],
  ['setup/lib/b.mjs', 'contract/lab.ts', 'setup-needs-nothing'],
  ['server/state/a.ts', 'tests/unit/help.ts', 'nothing-imports-tests'],
  ['server/labs/driver/a.ts', 'server/labs/service/lab.ts', 'server-rooms: labs/driver'],
  ['server/labs/service/b.ts', 'server/gateway/tokens.ts', 'server-rooms: labs/service'],
  ['server/images/build/a.ts', 'server/services.ts', 'server-rooms: images'],
  ['server/lab-engine/a.ts', 'server/checkpoints/look.ts', 'server-rooms: lab-engine'],
  ['server/workbench/a.ts', 'server/cli/cli.ts', 'server-rooms: workbench'],
  ['server/config.ts', 'server/serve.ts', 'server-rooms: config.ts'],
  ['server/gateway/http/a.ts', 'server/state/lab-store.ts', 'gateway-asks-a-service'],
  ['server/gateway/http/b.ts', 'server/images/lab-images.ts', 'gateway-asks-a-service'],
  ['server/gateway/ws/c.ts', 'dockerode', 'gateway-asks-a-service'],
  ['server/labs/service/d.ts', 'server/labs/driver/local-lab-driver.ts', 'service-asks-a-port'],
  ['server/previews/a.ts', 'dockerode', 'service-asks-a-port'],
  ['server/labs/driver/definitions.ts', 'dockerode', 'port-speaks-our-types'],
  ['server/lab-engine/definitions.ts', 'server/lab-engine/docker-engine.ts', 'port-knows-no-adapter'],
  ['server/checkpoints/tasks/1.3/a.ts', 'server/labs/agents/definitions.ts', 'criterion-uses-readers'],
  ['server/checkpoints/tasks/1.3/b.ts', 'server/lab-engine/docker-engine.ts', 'criterion-uses-readers'],
  ['server/checkpoints/tasks/1.3/c.ts', 'node:fs', 'criterion-uses-readers'],
  ['server/checkpoints/tasks/1.3/d.ts', 'yaml', 'criterion-uses-readers'],
  ['server/doctor/a.ts', 'server/doctor/b.ts', 'no-file-circle'],
];

/** The other halves of two circles: one of files, one of folders. */
const CIRCLES: readonly (readonly [from: string, to: string])[] = [
  ['server/doctor/b.ts', 'server/doctor/a.ts'],
  ['server/doctor/one/a.ts', 'server/doctor/two/a.ts'],
  ['server/doctor/two/b.ts', 'server/doctor/one/b.ts'],
];

/** A file and what it may import. */
const ALLOWED: readonly (readonly [from: string, to: string])[] = [
  ['contract/fine.ts', 'zod'],
  ['src/client/fine.ts', 'contract/lab.ts'],
  ['server/gateway/http/fine.ts', 'server/labs/service/lab-access.ts'],
  ['server/gateway/ws/fine.ts', 'contract/terminal.ts'],
  ['server/checkpoints/tasks/1.3/fine.ts', 'server/checkpoints/readers/dockerfile/user.ts'],
  ['server/checkpoints/tasks/1.3/fine-too.ts', 'server/lab-engine/definitions.ts'],
  ['server/labs/driver/fine.ts', 'dockerode'],
  ['server/labs/service/fine.ts', 'server/labs/agents/definitions.ts'],
  ['server/services.ts', 'server/labs/driver/local-lab-driver.ts'],
  ['tests/unit/fine.ts', 'server/gateway/tokens.ts'],
];

let tree: string;
let found: ICruiseResult['summary']['violations'];
beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'escale-rules-'));
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  const cases = [...REFUSED, ...CIRCLES, ...ALLOWED];
  for (const [from, to] of cases) write(from, `import type { Sample } from '${specifier(from, to)}';\n\nexport type Copy = Sample;\n`);
  for (const [, to] of cases) if (isLocal(to) && !existsSync(join(tree, to))) write(to, 'export type Sample = string;\n');
  const { output } = await cruise(['agent', 'contract', 'lab-stack', 'server', 'setup', 'src', 'tests'], {
    baseDir: tree,
    validate: true,
    ruleSet: { forbidden: rules.forbidden ?? [] },
    tsPreCompilationDeps: true,
    doNotFollow: rules.options?.doNotFollow ?? {},
  });
  if (typeof output === 'string') throw new Error(output);
  found = output.summary.violations;
}, 60_000);
afterAll(() => rmSync(tree, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function isLocal(target: string): boolean {
  return target.includes('/');
}

function specifier(from: string, to: string): string {
  return isLocal(to) ? `${'../'.repeat(from.split('/').length - 1)}${to}` : to;
}

function refusals(path: string): string[] {
  return found.filter(({ from }) => from === path).map(({ rule }) => rule.name);
}

describe('import rules', () => {
  it.each(REFUSED)('%s may not import %s', (from, _to, rule) => {
    expect(refusals(from)).toContain(rule);
  });

  it.each(ALLOWED)('%s may import %s', (from) => {
    expect(refusals(from)).toEqual([]);
  });

  it('two folders may not import each other', () => {
    const folders = found.filter(({ rule }) => rule.name === 'no-folder-circle').map(({ from }) => from);
    expect(folders).toEqual(expect.arrayContaining(['server/doctor/one', 'server/doctor/two']));
  });

  it('each rule says what to do instead', () => {
    for (const { name, comment } of rules.forbidden ?? [])
      expect([name, comment ?? '']).toEqual([name, expect.stringMatching(/\w{3}.*\.$/)]);
  });

  it('each room of the server has its place in the order', () => {
    const inside = (folder: string) => readdirSync(join(ROOT, 'server', folder)).filter((name) => !name.startsWith('.'));
    const rooms = inside('').flatMap((name) => (name === 'labs' ? inside('labs').map((part) => `labs/${part}`) : [name]));
    expect([...SERVER_ROOMS].sort()).toEqual(rooms.sort());
  });
});
