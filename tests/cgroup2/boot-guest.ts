import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Guest } from './guest-disk.ts';

/** The last line of the guest's first process. Other output on the console may come before it. */
const EXIT = /escale-guest: exit (\d+)/;

interface Machine {
  readonly qemu: readonly string[];
  readonly kernel: string;
}

const KVM: Machine = { qemu: ['-accel', 'kvm', '-cpu', 'max,-arch-capabilities', '-smp', '2'], kernel: '' };

/**
 * Fully emulated, on one thread. While the guest works, its clock counts instructions, one nanosecond each; while it waits, its clock
 * follows ours. So no timeout of a test depends on the load of this machine. A simple processor model and a kernel without mitigations run
 * many times faster than the richest model.
 */
const EMULATED: Machine = {
  qemu: ['-accel', 'tcg', '-cpu', 'Nehalem', '-smp', '1', '-icount', 'shift=0,sleep=on', '-rtc', 'clock=vm'],
  kernel: 'mitigations=off init_on_alloc=0',
};

/** Runs the guest to its end, with its console on our output. Resolves to the tests' exit status; null if it ended without one. */
export async function bootGuest(guest: Guest, signal: AbortSignal): Promise<number | null> {
  if (await hasKvm()) {
    const outcome = await boot(guest, KVM, signal);
    if (outcome !== 'no-hardware') return outcome;
    console.log('This machine’s KVM does not run the guest: everything is emulated, some twenty times slower.');
  }
  const outcome = await boot(guest, EMULATED, signal);
  return outcome === 'no-hardware' ? null : outcome;
}

async function hasKvm(): Promise<boolean> {
  return access('/dev/kvm', constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function boot({ disk, kernel, initrd }: Guest, machine: Machine, signal: AbortSignal): Promise<number | 'no-hardware' | null> {
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...machine.qemu,
      ...['-m', '5120', '-nographic', '-no-reboot', '-kernel', kernel, '-initrd', initrd],
      ...['-append', `console=ttyS0 root=/dev/vda rw init=/guest-init quiet panic=-1 ${machine.kernel}`],
      ...['-drive', `file=${disk},if=virtio,format=raw,cache=unsafe`],
      // A network card with an address, as a host has, but without access to any network.
      ...['-nic', 'user,model=virtio-net-pci,restrict=on'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], signal },
  );
  const exit = once(qemu, 'exit');
  exit.catch(() => undefined); // Awaited below, once all output was read.
  let outcome: number | 'no-hardware' | null = null;
  // A nested KVM may lack a feature that the guest's kernel uses; QEMU would then hang.
  createInterface({ input: qemu.stderr }).on('line', (line) => {
    if (!line.startsWith('KVM internal error')) return;
    outcome = 'no-hardware';
    qemu.kill('SIGKILL');
  });
  for await (const line of createInterface({ input: qemu.stdout })) {
    const told = EXIT.exec(line)?.[1];
    if (told !== undefined) outcome = Number(told);
    else console.log(line);
  }
  await exit;
  return outcome;
}
