import type { ComposeDocument } from './compose-document.ts';

/** A range of IPv4 addresses that the learner's file gives a network, and the one that the sandbox uses instead. */
interface Moved {
  readonly from: number;
  readonly to: number;
  readonly mask: number;
}

/** Where a sandbox's own subnets are: far from what engines choose by themselves. */
const FIRST = address('10.193.0.0');
/** Room for each subnet. A larger one keeps the engine's choice. */
const SLOT_BITS = 16;

/**
 * The document with every fixed address moved to a subnet of the sandbox's own, so that it can run beside the learner's networks.
 * Addresses in variables, commands and networks move alike.
 */
export function withOwnSubnets(document: ComposeDocument): ComposeDocument {
  const moved = Object.values(document.networks ?? {})
    .flatMap((network) => subnetsOf(network))
    .map((subnet, index) => ({ ...subnet, to: (FIRST + (index << SLOT_BITS)) >>> 0 }));
  if (moved.length === 0) return document;
  return mapTexts(document, (text) =>
    text.replace(/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g, (one) => move(one, moved)),
  ) as ComposeDocument;
}

/** The addresses of `ipam.config` of a network, and nothing else of it. Empty if it has none that can be moved. */
export function ownIpam(network: unknown): object {
  const config = configOf(network).filter(({ subnet }) => typeof subnet === 'string' && parse(subnet) !== null);
  if (config.length === 0) return {};
  return { ipam: { config: config.map(({ subnet, gateway }) => ({ subnet, ...(typeof gateway === 'string' ? { gateway } : {}) })) } };
}

function subnetsOf(network: unknown): Omit<Moved, 'to'>[] {
  return configOf(network).flatMap(({ subnet }) => (typeof subnet === 'string' ? (parse(subnet) ?? []) : []));
}

function configOf(network: unknown): readonly { readonly subnet?: unknown; readonly gateway?: unknown }[] {
  const ipam = typeof network === 'object' && network !== null && 'ipam' in network ? network.ipam : null;
  const config = typeof ipam === 'object' && ipam !== null && 'config' in ipam ? ipam.config : null;
  return Array.isArray(config) ? config.filter((one) => typeof one === 'object' && one !== null) : [];
}

function parse(subnet: string): Omit<Moved, 'to'> | null {
  const [, base = '', bits = ''] = /^((?:\d{1,3}\.){3}\d{1,3})\/(\d{1,2})$/.exec(subnet) ?? [];
  const length = Number(bits);
  if (base === '' || length < 32 - SLOT_BITS || length > 30) return null;
  const mask = (-1 << (32 - length)) >>> 0;
  return { from: (address(base) & mask) >>> 0, mask };
}

function move(text: string, moved: readonly Moved[]): string {
  const value = address(text);
  const range = moved.find(({ from, mask }) => (value & mask) >>> 0 === from);
  return range === undefined ? text : dotted((range.to | (value & ~range.mask)) >>> 0);
}

function address(text: string): number {
  return text.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}
