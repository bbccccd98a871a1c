import type { LabView } from '../../definitions.ts';

/** The gateways of the engine's machine, outside of Docker's networks. Empty where the machine's routes cannot be read. */
export async function gateways(view: LabView): Promise<string[]> {
  const { code, stdout } = await view.tool(['cat', '/proc/net/route']);
  if (code !== 0) return [];
  const fields = stdout.split('\n').map((line) => line.split(/\s+/));
  return fields.flatMap(([, target, gateway = '']) => (target === '00000000' && /^[0-9A-F]{8}$/.test(gateway) ? [dotted(gateway)] : []));
}

/** The kernel writes an address in reversed byte order. */
function dotted(hex: string): string {
  return [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.');
}
