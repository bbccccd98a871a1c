import type { DrawnMap } from '../../../contract/stack-map.ts';
import type { Box } from './layout.ts';

export interface Edge {
  readonly kind: 'waits' | 'waits-still' | 'talks' | 'talked' | 'can' | 'cannot' | 'unknown';
  readonly from: string;
  readonly to: string;
  /** Shown at its middle; empty for none. */
  readonly label: string;
}

/** What waits for what, and who talks to whom. */
export function edgesOf(map: DrawnMap): Edge[] {
  const waits = map.services.flatMap(({ name, waitsFor }) =>
    waitsFor.map(({ service, satisfied }): Edge => ({ kind: satisfied ? 'waits' : 'waits-still', from: name, to: service, label: '' })),
  );
  const talks = map.talks.map(
    ({ from, to, port, open }): Edge => ({
      kind: open > 0 ? 'talks' : 'talked',
      from,
      to,
      label: open > 1 ? `:${port} × ${open}` : `:${port}`,
    }),
  );
  return [...waits, ...talks.filter(({ from, to }) => from !== to)];
}

export interface Line {
  readonly edge: Edge;
  /** The `d` of an SVG path. */
  readonly path: string;
  readonly middle: readonly [number, number];
}

type Side = 'left' | 'right' | 'top' | 'bottom';

interface End {
  readonly box: Box;
  readonly side: Side;
  at: readonly [number, number];
}

/** Distance between two lines that meet the same side of a service. */
const SPREAD = 12;

/** The lines of edges between placed services. Several on one side of a service are spread along it. */
export function linesOf(edges: readonly Edge[], places: ReadonlyMap<string, Box>): Line[] {
  const drawn = edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to) return [];
    const [out, into] = sides(from, to);
    return [{ edge, from: end(from, out), to: end(to, into) }];
  });
  const meeting = new Map<string, { end: End; other: Box }[]>();
  for (const { edge, from, to } of drawn) {
    push(meeting, `${edge.from} ${from.side}`, { end: from, other: to.box });
    push(meeting, `${edge.to} ${to.side}`, { end: to, other: from.box });
  }
  for (const ends of meeting.values()) spread(ends);
  return drawn.map(({ edge, from, to }) => line(edge, from, to));
}

function sides(from: Box, to: Box): readonly [Side, Side] {
  if (to.x >= from.x + from.width) return ['right', 'left'];
  if (from.x >= to.x + to.width) return ['left', 'right'];
  return to.y >= from.y ? ['bottom', 'top'] : ['top', 'bottom'];
}

function end(box: Box, side: Side): End {
  return { box, side, at: [0, 0] };
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function spread(ends: readonly { end: End; other: Box }[]): void {
  const along = (box: Box, side: Side): number => (side === 'left' || side === 'right' ? box.y + box.height / 2 : box.x + box.width / 2);
  const sorted = [...ends].sort((a, b) => along(a.other, a.end.side) - along(b.other, b.end.side));
  for (const [index, { end: one }] of sorted.entries()) {
    const { box, side } = one;
    const length = side === 'left' || side === 'right' ? box.height : box.width;
    const gap = Math.min(SPREAD, (length - 16) / Math.max(1, sorted.length));
    const offset = (index - (sorted.length - 1) / 2) * gap;
    if (side === 'left' || side === 'right') one.at = [side === 'left' ? box.x : box.x + box.width, box.y + box.height / 2 + offset];
    else one.at = [box.x + box.width / 2 + offset, side === 'top' ? box.y : box.y + box.height];
  }
}

function line(edge: Edge, from: End, to: End): Line {
  const [x1, y1] = from.at;
  const [x2, y2] = to.at;
  const flat = from.side === 'left' || from.side === 'right';
  const bend = Math.max(20, (flat ? Math.abs(x2 - x1) : Math.abs(y2 - y1)) / 2);
  const [c1, c2] = [handle(from, bend), handle(to, bend)];
  const path = `M${x1} ${y1} C${c1[0]} ${c1[1]} ${c2[0]} ${c2[1]} ${x2} ${y2}`;
  return { edge, path, middle: [(x1 + 3 * c1[0] + 3 * c2[0] + x2) / 8, (y1 + 3 * c1[1] + 3 * c2[1] + y2) / 8] };
}

function handle({ at: [x, y], side }: End, bend: number): readonly [number, number] {
  if (side === 'left') return [x - bend, y];
  if (side === 'right') return [x + bend, y];
  return [x, side === 'top' ? y - bend : y + bend];
}
