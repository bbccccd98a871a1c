import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import { h, sentence, shape } from '../dom.ts';
import { differences, loadWords, networkDifference, portWords, waitingFor } from './service-words.ts';
import { listWords, stateWords, waitWords } from './state-words.ts';

/** The same information as a table, for reading in order. */
export class MapTable {
  readonly element = h('div', { class: 'map-tables', tabindex: '0', role: 'group', 'aria-label': 'Carte en tableau' });
  readonly #chosen: (name: string) => void;
  #drawn = '';

  constructor(chosen: (name: string) => void) {
    this.#chosen = chosen;
  }

  draw(map: DrawnMap, unmet: ReadonlyMap<string, readonly string[]>): void {
    const drawn = JSON.stringify([map, [...unmet]]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.element.querySelector<HTMLElement>('button:focus')?.dataset.service;
    this.element.replaceChildren(
      table(
        'Services',
        ['Service', 'État', 'Attend', 'Réseaux', 'Ports', 'Parle à', 'Volumes', 'Charge', 'À voir'],
        map.services.map((service) => this.#row(map, service, unmet.get(service.name) ?? [])),
      ),
      table('Réseaux', ['Réseau', 'Plage', 'À voir'], map.networks.map(networkCells)),
      table('Volumes', ['Volume', 'docker compose down -v'], map.volumes.map(volumeCells)),
    );
    if (focused !== undefined) this.element.querySelector<HTMLElement>(`[data-service="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(map: DrawnMap, service: MapService, unmet: readonly string[]): Cell[] {
    const { name, waitsFor, networks, mode, volumes } = service;
    const [state, words] = stateWords(service);
    const choose = h('button', { type: 'button', class: 'btn bare small', 'data-service': name }, name);
    choose.addEventListener('click', () => this.#chosen(name));
    const talks = [...new Set(map.talks.filter(({ from }) => from === name).map(({ to, port }) => `${to}:${port}`))];
    const see = [...unmet.map((title) => `Critère pas atteint : ${title}.`), ...differences(map, service)];
    return [
      [choose],
      [shape(state), ` ${waitingFor(service) || words}`],
      [waitsFor.map(waitWords).join(', ')],
      [networks.length > 0 ? listWords(networks) : mode],
      portWords(service).map((port) => h('span', { class: 'num' }, `${port} `)),
      [listWords(talks)],
      [listWords(volumes)],
      [loadWords(service)],
      [see.join(' ')],
    ];
  }
}

type Cell = (Node | string)[];

function networkCells(network: DrawnMap['networks'][number]): Cell[] {
  const { name, actual, internal, subnets } = network;
  const see = [
    (actual?.internal ?? internal) && 'internal : rien n’en sort, aucun port publié n’y mène.',
    actual === null && 'Pas encore créé.',
    networkDifference(network),
  ];
  return [[`\`${name}\``], [(actual?.subnets ?? subnets).join(', ')], [see.filter(Boolean).join(' ')]];
}

function volumeCells({ name, exists, lostByDown }: DrawnMap['volumes'][number]): Cell[] {
  return [[`\`${name}\``], [lostByDown ? 'l’effacerait, avec ce qu’il contient' : exists ? 'le laisserait' : 'pas encore créé']];
}

function table(title: string, heads: readonly string[], rows: readonly Cell[][]): HTMLElement {
  if (rows.length === 0) return h('div', {});
  return h(
    'table',
    {},
    h('caption', {}, title),
    h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, ...sentence(head))))),
    h(
      'tbody',
      {},
      ...rows.map((cells) =>
        h(
          'tr',
          {},
          ...cells.map((cell, index) => h(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, ...cell.flatMap(nodes))),
        ),
      ),
    ),
  );
}

function nodes(part: Node | string): Node[] {
  return typeof part === 'string' ? sentence(part) : [part];
}
