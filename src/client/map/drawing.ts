import type { DrawnMap, MapNetwork, MapService } from '../../../contract/stack-map.ts';
import { french } from '../../lib/french.ts';
import { h, icon, sentence, shape } from '../dom.ts';
import { type Edge, edgesOf, type Line, linesOf } from './edges.ts';
import { type Places, type Plan, place, placeAgain } from './layout.ts';
import { planOf, zoneOf } from './plan-of.ts';
import { isWay, nextBox } from './roving.ts';
import { differences, loadWords, networkDifference, portWords, spokenRest, waitingFor } from './service-words.ts';
import { stateWords } from './state-words.ts';
import { svg } from './svg.ts';

export interface DrawingEvents {
  /** A service was chosen, by a click, Enter or Space. */
  readonly chosen: (name: string) => void;
}

export interface Shown {
  readonly map: DrawnMap;
  /** Titles of the criteria that are not met, by service. */
  readonly unmet: ReadonlyMap<string, readonly string[]>;
  readonly selected: string | undefined;
  /** The answer that is shown as a line. */
  readonly asked: Edge | undefined;
}

/** The drawing: services as buttons in their zones, lines behind them. Services keep their elements, and so the focus. */
export class Drawing {
  readonly element = h('div', { class: 'map-scroll', role: 'group', 'aria-label': 'Carte des services' });
  readonly #canvas = h('div', { class: 'map-canvas' });
  readonly #lines = svg('svg', { class: 'map-lines', 'aria-hidden': 'true' });
  readonly #zones = h('div', { 'aria-hidden': 'true' });
  readonly #nodes = new Map<string, { readonly element: HTMLButtonElement; drawn: string }>();
  readonly #events: DrawingEvents;
  #plan: Plan | undefined;
  #places: Places | undefined;
  #active = '';

  constructor(events: DrawingEvents) {
    this.#events = events;
    this.#canvas.append(this.#zones, this.#lines);
    this.element.append(this.#canvas, legend());
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** `width`: of the pane. */
  draw(shown: Shown, width: number): void {
    const places = this.#place(planOf(shown.map, width));
    this.#canvas.style.inlineSize = `${places.width}px`;
    this.#canvas.style.blockSize = `${places.height}px`;
    this.#drawZones(shown.map, places);
    this.#drawNodes(shown, places);
    this.#drawLines([...edgesOf(shown.map), ...(shown.asked ? [shown.asked] : [])], places);
  }

  /** Shows a service that lies outside of the pane. */
  reveal(name: string): void {
    this.#nodes.get(name)?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  focus(): void {
    this.#nodes.get(this.#active)?.element.focus();
  }

  #place(plan: Plan): Places {
    if (this.#plan !== undefined && this.#places !== undefined) {
      if (JSON.stringify(plan) === JSON.stringify(this.#plan)) return this.#places;
      this.#places = placeAgain(plan, this.#plan, this.#places);
    } else this.#places = place(plan);
    this.#plan = plan;
    return this.#places;
  }

  #drawZones(map: DrawnMap, places: Places): void {
    const zones = new Set(map.services.map((service) => zoneOf(map, service)));
    this.#zones.replaceChildren(
      ...[...zones].map((zone) => {
        const box = places.zones.get(zone);
        const element = h('div', { class: 'map-zone' }, h('p', {}, ...zoneWords(map, zone)));
        if (box) position(element, box);
        return element;
      }),
    );
  }

  #drawNodes(shown: Shown, places: Places): void {
    const { services } = shown.map;
    for (const [name, { element }] of this.#nodes) {
      if (services.some((service) => service.name === name)) continue;
      element.remove();
      this.#nodes.delete(name);
    }
    if (!services.some(({ name }) => name === this.#active)) this.#active = services[0]?.name ?? '';
    for (const service of services) {
      const node = this.#node(service.name);
      const unmet = shown.unmet.get(service.name) ?? [];
      const drawn = JSON.stringify([service, unmet, volumesOf(shown.map, service), shown.map.networks]);
      if (drawn !== node.drawn) {
        node.drawn = drawn;
        node.element.replaceChildren(...nodeContent(shown.map, service, unmet));
        node.element.dataset.state = service.state;
      }
      node.element.setAttribute('aria-pressed', String(service.name === shown.selected));
      node.element.tabIndex = service.name === this.#active ? 0 : -1;
      const box = places.nodes.get(service.name);
      if (box) position(node.element, box);
    }
  }

  #node(name: string): { readonly element: HTMLButtonElement; drawn: string } {
    const known = this.#nodes.get(name);
    if (known) return known;
    const element = h('button', { type: 'button', class: 'map-node', 'data-service': name });
    element.addEventListener('click', () => this.#events.chosen(name));
    element.addEventListener('focus', () => this.#activate(name));
    const node = { element, drawn: '' };
    this.#nodes.set(name, node);
    this.#canvas.append(element);
    return node;
  }

  #activate(name: string): void {
    this.#active = name;
    for (const [other, { element }] of this.#nodes) element.tabIndex = other === name ? 0 : -1;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || this.#places === undefined) return;
    const names = [...this.#nodes.keys()];
    const next = isWay(event.key) ? nextBox(this.#places.nodes, this.#active, event.key) : { Home: names[0], End: names.at(-1) }[event.key];
    if (next === undefined) {
      if (isWay(event.key)) event.preventDefault();
      return;
    }
    event.preventDefault();
    this.#activate(next);
    this.focus();
  }

  #drawLines(edges: readonly Edge[], { nodes, width, height }: Places): void {
    this.#lines.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.#lines.replaceChildren(arrows(), ...linesOf(edges, nodes).flatMap(drawLine));
  }
}

/** The networks of a zone, each with what matters of it. */
function zoneWords({ networks }: DrawnMap, zone: string): Node[] {
  const names = zone.split(' + ');
  return names.flatMap((name, index) => {
    const network = networks.find((one) => one.name === name);
    const marks = network === undefined ? [] : networkMarks(network, names.length === 1);
    return [
      document.createTextNode(index === 0 ? '' : ' + '),
      h('b', {}, name),
      document.createTextNode(marks.length === 0 ? '' : ` ${marks.join(', ')}`),
    ];
  });
}

function networkMarks(network: MapNetwork, alone: boolean): string[] {
  const { actual, internal, subnets } = network;
  const isInternal = actual?.internal ?? internal;
  return [
    ...(alone ? (actual?.subnets ?? subnets) : []),
    ...(isInternal ? ['internal'] : []),
    ...(networkDifference(network) === undefined ? [] : ['≠ fichier']),
  ];
}

function position(element: HTMLElement, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
  element.style.insetInlineStart = `${x}px`;
  element.style.insetBlockStart = `${y}px`;
  element.style.inlineSize = `${width}px`;
  element.style.blockSize = `${height}px`;
}

function volumesOf({ volumes }: DrawnMap, service: MapService): DrawnMap['volumes'] {
  return volumes.filter(({ name }) => service.volumes.includes(name));
}

function nodeContent(map: DrawnMap, service: MapService, unmet: readonly string[]): Node[] {
  const [state, words] = stateWords(service);
  const volumes = volumesOf(map, service);
  const marks = h('span', { class: 'map-marks' });
  if (differences(map, service).length > 0) marks.append(h('span', { class: 'differs', title: 'Diffère du fichier' }, '≠'));
  if (unmet.length > 0) marks.append(shape('unmet'));
  const waiting = waitingFor(service).replaceAll('`', '');
  const kept = volumes.some(({ lostByDown }) => lostByDown);
  const load = loadWords(service);
  return [
    h('span', { class: 'map-name' }, shape(state), h('b', {}, service.name), aside(','), marks),
    line('map-line', french(waiting || words)),
    line('map-line num', french(load) || '\u00a0'),
    ...(service.ports.length > 0 ? [line('map-line num', icon('out'), aside('ports '), portWords(service).join(', '))] : []),
    ...(volumes.length > 0
      ? [line(kept ? 'map-line kept' : 'map-line', icon('volume'), aside('volumes '), volumes.map(({ name }) => name).join(', '))]
      : []),
    aside(french(spokenRest(map, service, unmet))),
  ];
}

/** A line of a service; a comma ends it for screen readers. */
function line(classes: string, ...content: readonly (Node | string)[]): HTMLElement {
  return h('span', { class: classes }, ...content, aside(','));
}

/** For screen readers only. */
function aside(text: string): HTMLElement {
  return h('span', { class: 'sr' }, text);
}

function drawLine({ edge, path, middle: [x, y] }: Line): Element[] {
  const line = svg('path', { class: `map-edge ${edge.kind}`, d: path, 'marker-end': `url(#map-${edge.kind})` });
  if (edge.kind === 'cannot') return [line, svg('path', { class: 'map-cross', d: `M${x - 6} ${y - 6}l12 12m0-12l-12 12` })];
  if (edge.label === '') return [line];
  const label = svg('text', { class: 'map-label', x: String(x), y: String(y - 4), 'text-anchor': 'middle' });
  label.textContent = edge.label;
  return [line, label];
}

const KINDS: readonly Edge['kind'][] = ['waits', 'waits-still', 'talks', 'talked', 'can', 'cannot', 'unknown'];

function arrows(): Element {
  const defs = svg('defs', {});
  for (const kind of KINDS) {
    const marker = svg('marker', {
      id: `map-${kind}`,
      viewBox: '0 0 8 8',
      refX: '7',
      refY: '4',
      markerWidth: '8',
      markerHeight: '8',
      orient: 'auto',
    });
    marker.setAttribute('markerUnits', 'userSpaceOnUse');
    marker.append(svg('path', { class: `map-arrow ${kind}`, d: 'M0 0.5 8 4 0 7.5z' }));
    defs.append(marker);
  }
  return defs;
}

/** What lines and marks mean. */
function legend(): HTMLElement {
  const sample = (kind: Edge['kind']): Element => {
    const drawn = svg('svg', { viewBox: '0 0 24 8', 'aria-hidden': 'true' });
    drawn.append(
      svg('path', { class: `map-edge ${kind}`, d: 'M0 4H18' }),
      svg('path', { class: `map-arrow ${kind}`, d: 'M16 0.5 24 4 16 7.5z' }),
    );
    return drawn;
  };
  return h(
    'p',
    { class: 'map-legend' },
    h('span', {}, sample('waits'), 'attend'),
    h('span', {}, sample('talks'), 'parle à'),
    h('span', {}, icon('volume'), h('span', {}, ...sentence('effacé par `docker compose down -v`'))),
    h('span', {}, h('b', {}, '≠'), 'diffère du fichier'),
  );
}
