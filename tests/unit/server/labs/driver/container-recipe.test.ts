import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { containerRecipe } from '../../../../../server/labs/driver/container-recipe.ts';
import type { LabSpec } from '../../../../../server/labs/driver/definitions.ts';
import { gateSettings } from '../../../../../server/labs/driver/gate-settings.ts';
import { belongsTo, objectNames, RECIPE_LABEL } from '../../../../../server/labs/driver/object-names.ts';

const spec: LabSpec = {
  id: 'solo',
  image: 'escale/lab:1',
  isolation: 'userns',
  memoryBytes: 1e9,
  cpus: 1.5,
  pids: 900,
  openFiles: 1024,
  agentToken: 'agent-secret',
  sourceToken: 'source-secret',
  registry: 'registry:5000',
  allow: ['10.1.2.3'],
  env: {},
  extraCa: 'PEM\n',
};
const names = objectNames('/state', 'solo');

test('the container has two strong capabilities, a deny list and no secret', () => {
  const recipe = containerRecipe(spec, names, 'sha256:1');
  expect(recipe.HostConfig).toMatchObject({ CapDrop: ['ALL'], Init: true, Memory: 1e9, MemorySwap: 1e9, NanoCpus: 1.5e9, PidsLimit: 900 });
  expect(recipe.HostConfig?.Privileged).toBeUndefined();
  expect(recipe.HostConfig?.CapAdd).not.toEqual(expect.arrayContaining(['SYS_MODULE']));
  expect(recipe.HostConfig?.CapAdd?.filter((one: string) => /ADMIN|RAW|PTRACE|MKNOD|RESOURCE/.test(one))).toEqual([
    'SYS_ADMIN',
    'NET_ADMIN',
  ]);
  expect(Object.values(recipe.HostConfig?.PortBindings ?? {}).flat()).toEqual([
    { HostIp: '127.0.0.1', HostPort: '' },
    { HostIp: '127.0.0.1', HostPort: '' },
  ]);
  expect(JSON.stringify(recipe)).not.toContain('secret');
});

test('without a user namespace: Docker’s default capabilities, the gate’s, one to enter containers, and the rest of the deny list', () => {
  const weaker = containerRecipe({ ...spec, isolation: 'capabilities' }, names, 'sha256:1');
  const byDefault = [
    ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'NET_RAW', 'SETFCAP'],
    ...['SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
  ];
  expect(weaker.HostConfig?.CapDrop).toEqual(['ALL']);
  expect(weaker.HostConfig?.CapAdd?.toSorted()).toEqual([...byDefault, 'NET_ADMIN', 'SYS_ADMIN', 'SYS_PTRACE'].sort());
  expect(weaker.HostConfig?.Privileged).toBeUndefined();
  const denied = (recipe: typeof weaker): string[] => {
    const text = recipe.HostConfig?.SecurityOpt?.find((option: string) => option.startsWith('seccomp='))?.slice('seccomp='.length) ?? '';
    const { syscalls }: { syscalls: { names: string[] }[] } = JSON.parse(text);
    return syscalls.flatMap((rule) => rule.names);
  };
  const all = denied(containerRecipe(spec, names, 'sha256:1'));
  expect(all).toContain('bpf');
  expect(denied(weaker)).toEqual(all.filter((name) => name !== 'bpf'));
});

test('volumes are mounted at paths that no link of the learner can redirect', () => {
  const targets = containerRecipe(spec, names, 'sha256:1').HostConfig?.Mounts?.map(({ Target }) => Target);
  expect(targets).toEqual(['/volumes/home', '/volumes/engine']);
});

test('the recipe’s label changes exactly with the settings that cannot be changed on an existing container', () => {
  const label = (change: Partial<LabSpec>, image = 'sha256:1') =>
    containerRecipe({ ...spec, ...change }, names, image).Labels?.[RECIPE_LABEL];
  expect(label({ agentToken: 'other', env: { HTTP_PROXY: 'http://p' }, registry: null })).toBe(label({}));
  expect(label({ memoryBytes: 2e9 })).not.toBe(label({}));
  expect(label({ isolation: 'capabilities' })).not.toBe(label({}));
  expect(label({}, 'sha256:2')).not.toBe(label({}));
});

test('the deny list names the system calls that must always be denied', () => {
  const profile = readFileSync(new URL('../../../../../lab-stack/lab/gate/seccomp.json', import.meta.url), 'utf8');
  const { defaultAction, syscalls }: { defaultAction: string; syscalls: { names: string[]; action: string }[] } = JSON.parse(profile);
  expect(defaultAction).toBe('SCMP_ACT_ALLOW');
  expect(syscalls.every(({ action }) => action === 'SCMP_ACT_ERRNO')).toBe(true);
  const denied = syscalls.flatMap((rule) => rule.names);
  expect(denied).toEqual(
    expect.arrayContaining(['bpf', 'open_by_handle_at', 'kexec_load', 'init_module', 'perf_event_open', 'reboot', 'swapon']),
  );
  for (const needed of ['keyctl', 'pivot_root', 'mount', 'unshare', 'clone3', 'setns']) expect(denied).not.toContain(needed);
});

test('settings: secrets are readable by the gate’s root only, the rest by the lab', async () => {
  const files = new Map<string, { mode: number | undefined; text: string }>();
  const archive = extract();
  const written = gateSettings(spec, { hostAddresses: ['192.0.2.9'], peers: ['192.0.2.9'] }).pipe(archive);
  for await (const entry of written) files.set(entry.header.name, { mode: entry.header.mode, text: (await buffer(entry)).toString() });
  const settings = files.get('escale/settings');
  expect(settings?.mode).toBe(0o600);
  expect(settings?.text).toContain('ISOLATION=userns\nAGENT_TOKEN=agent-secret\nSOURCE_TOKEN=source-secret\nREGISTRY=registry:5000\n');
  expect(settings?.text).toMatch(/^CLOSED=.*192\.0\.2\.9\/32$/m);
  expect(
    [...files]
      .filter(([name]) => name.startsWith('escale/lab/'))
      .map(([, { text }]) => text)
      .join(),
  ).not.toContain('secret');
  expect(files.get('escale/lab/extra-ca.pem')).toEqual({ mode: 0o644, text: 'PEM\n' });
});

test('objects of another instance are recognised, whatever their names', () => {
  expect(objectNames('/state', 'solo').container).not.toBe(objectNames('/other', 'solo').container);
  expect(belongsTo(names, { ...names.labels, more: '1' })).toBe(true);
  expect(belongsTo(names, { ...names.labels, 'escale.instance': '/other' })).toBe(false);
  expect(belongsTo(names, null)).toBe(false);
});
