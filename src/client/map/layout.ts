import { Graph, layout } from '@dagrejs/dagre';

/** What is laid out: services, the zone that each stands in, and who starts after whom. States and traffic move nothing. */
export interface Plan {
  readonly nodes: readonly { readonly name: string; readonly zone: string; readonly height: number }[];
  /** `after` starts once `before` has. */
  readonly order: readonly { readonly before: string; readonly after: string }[];
  readonly width: number;
  /** Rows from top to bottom on a narrow screen, columns from left to right otherwise. */
  readonly narrow: boolean;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Places {
  readonly nodes: ReadonlyMap<string, Box>;
  readonly zones: ReadonlyMap<string, Box>;
  readonly width: number;
  readonly height: number;
}

/** Space around a zone's services; above them stands its name. */
const PAD = 14;
const HEAD = 32;
const GAP = 20;
const MARGIN = 14;
const RANK_GAP = 64;
/** Between rows on a narrow screen. */
const ROW_GAP = 44;

/** Lays the plan out anew. */
export function place(plan: Plan): Places {
  const graph = new Graph({ compound: true });
  graph.setGraph({ rankdir: plan.narrow ? 'TB' : 'LR', nodesep: GAP, ranksep: plan.narrow ? ROW_GAP : RANK_GAP, ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const zone of zonesOf(plan)) graph.setNode(zoneId(zone), {});
  for (const { name, zone, height } of plan.nodes) {
    graph.setNode(name, { width: plan.width, height });
    graph.setParent(name, zoneId(zone));
  }
  for (const { before, after } of plan.order) if (graph.hasNode(before) && graph.hasNode(after)) graph.setEdge(before, after);
  layout(graph);
  const nodes = new Map<string, Box>();
  for (const { name, height } of plan.nodes) {
    const { x = 0, y = 0 } = graph.node(name);
    nodes.set(name, { x: Math.round(x - plan.width / 2), y: Math.round(y - height / 2), width: plan.width, height });
  }
  return around(plan, apart(plan, nodes));
}

/**
 * Places a changed plan so that what stays keeps its place: only new services, and those that changed zone, look for a free one. If a zone
 * has none, the zones below it move down as a whole.
 */
export function placeAgain(plan: Plan, before: Plan, places: Places): Places {
  if (plan.narrow !== before.narrow || plan.width !== before.width) return place(plan);
  const zoneBefore = new Map(before.nodes.map(({ name, zone }) => [name, zone]));
  const nodes = new Map<string, Box>();
  for (const { name, zone, height } of plan.nodes) {
    const box = places.nodes.get(name);
    if (box && zoneBefore.get(name) === zone) nodes.set(name, { ...box, height });
  }
  if (nodes.size === 0 || overlap([...nodes.values()])) return place(plan);
  for (const node of plan.nodes) if (!nodes.has(node.name)) nodes.set(node.name, freePlace(plan, node, nodes));
  return around(plan, apart(plan, nodes), places);
}

const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

function zoneId(zone: string): string {
  return `zone ${zone}`;
}

/** Moves zones apart that overlap: the lower one down, as a whole. */
function apart(plan: Plan, nodes: Map<string, Box>): Map<string, Box> {
  const zones = zonesOf(plan);
  const top = (zone: string): number => zoneBox(plan, zone, nodes)?.y ?? 0;
  const done: string[] = [];
  for (const zone of zones.sort((a, b) => top(a) - top(b))) {
    for (;;) {
      const own = zoneBox(plan, zone, nodes);
      const over = done.map((other) => zoneBox(plan, other, nodes)).find((box) => own !== null && box !== null && meet(own, box, GAP));
      if (own === null || !over) break;
      shift(plan, zone, nodes, over.y + over.height + GAP - own.y);
    }
    done.push(zone);
  }
  return nodes;
}

function shift(plan: Plan, zone: string, nodes: Map<string, Box>, down: number): void {
  for (const { name } of plan.nodes.filter((node) => node.zone === zone)) {
    const box = nodes.get(name);
    if (box) nodes.set(name, { ...box, y: box.y + down });
  }
}

/** In its zone, at the end of a column or in a new one; a new zone stands below all others. Zones that it meets are moved apart afterwards. */
function freePlace(plan: Plan, node: Plan['nodes'][number], nodes: ReadonlyMap<string, Box>): Box {
  const mates = plan.nodes.filter(({ zone }) => zone === node.zone).flatMap(({ name }) => nodes.get(name) ?? []);
  const all = [...nodes.values()];
  const size = { width: plan.width, height: node.height };
  if (mates.length === 0) {
    const lowest = Math.max(...all.map(({ y, height }) => y + height));
    return { x: Math.min(...all.map(({ x }) => x)), y: lowest + PAD + GAP + HEAD, ...size };
  }
  const columns = [...new Set(mates.map(({ x }) => x))]
    .map((x) => ({ x, y: columnEnd(mates, x) + GAP, ...size }))
    .sort((a, b) => a.y - b.y);
  const right = { x: Math.max(...mates.map(({ x, width }) => x + width)) + RANK_GAP, y: Math.min(...mates.map(({ y }) => y)), ...size };
  const fits = (box: Box): boolean =>
    !overlap(zonesOf(plan).flatMap((zone) => zoneBox(plan, zone, new Map(nodes).set(node.name, box)) ?? []));
  const [first = right] = columns;
  return [...columns, ...(plan.narrow ? [] : [right])].find(fits) ?? first;
}

function columnEnd(boxes: readonly Box[], x: number): number {
  return Math.max(...boxes.filter((box) => box.x === x).map(({ y, height }) => y + height));
}

function zonesOf(plan: Plan): string[] {
  return [...new Set(plan.nodes.map(({ zone }) => zone))];
}

function overlap(boxes: readonly Box[]): boolean {
  return boxes.some((one, index) => boxes.slice(0, index).some((other) => meet(one, other, 4)));
}

function meet(one: Box, other: Box, gap: number): boolean {
  return (
    one.x < other.x + other.width + gap &&
    other.x < one.x + one.width + gap &&
    one.y < other.y + other.height + gap &&
    other.y < one.y + one.height + gap
  );
}

function zoneBox(plan: Plan, zone: string, nodes: ReadonlyMap<string, Box>): Box | null {
  const boxes = plan.nodes.filter((node) => node.zone === zone).flatMap(({ name }) => nodes.get(name) ?? []);
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(({ x }) => x)) - PAD;
  const top = Math.min(...boxes.map(({ y }) => y)) - HEAD;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + PAD;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + PAD;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Zones and size. A fresh layout begins at the margin; one that is kept stays where it was. */
function around(plan: Plan, nodes: Map<string, Box>, kept?: Places): Places {
  const names = zonesOf(plan);
  const boxes = names.flatMap((zone) => zoneBox(plan, zone, nodes) ?? []);
  const [dx, dy] = kept ? [0, 0] : [MARGIN - Math.min(...boxes.map(({ x }) => x)), MARGIN - Math.min(...boxes.map(({ y }) => y))];
  const moved = new Map([...nodes].map(([name, box]) => [name, { ...box, x: box.x + dx, y: box.y + dy }] as const));
  const zones = new Map(names.flatMap((zone) => [[zone, zoneBox(plan, zone, moved) ?? nowhere] as const]));
  const ends = [...zones.values()];
  return {
    nodes: moved,
    zones,
    width: Math.max(0, ...ends.map(({ x, width }) => x + width)) + MARGIN,
    height: Math.max(0, ...ends.map(({ y, height }) => y + height)) + MARGIN,
  };
}
