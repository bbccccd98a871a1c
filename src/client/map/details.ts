import type { DrawnMap, MapService } from '../../../contract/stack-map.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { h, icon, sentence, shape } from '../dom.ts';
import { differences, loadWords, networkDifference, portWords } from './service-words.ts';
import { listWords, stateWords, waitWords } from './state-words.ts';

export interface DetailsEvents {
  readonly close: () => void;
  readonly logs: (service: string) => Promise<string>;
  /** Types a command in the terminal, or in a new one. */
  readonly run: (command: string, where: 'current' | 'new', button: HTMLElement) => void;
  readonly ask: (service: string) => void;
}

/** A command is typed for such names only: whoever forges the lab's answers chooses names, not commands. */
const TYPEABLE = /^[a-zA-Z0-9._-]+$/;

/** What is known of one service, and what can be done with it. */
export class Details {
  readonly element = h('section', { class: 'map-details', 'aria-label': 'Service choisi' });
  readonly #events: DetailsEvents;
  readonly #facts = h('div', {});
  readonly #logs = h('div', { class: 'map-logs' });
  readonly #acts = h('div', { class: 'acts' });
  #service = '';
  #drawn = '';

  constructor(events: DetailsEvents) {
    this.#events = events;
  }

  draw(map: DrawnMap, service: MapService, unmet: readonly Verdict[]): void {
    const drawn = JSON.stringify([service, map.networks, map.volumes, map.talks, unmet]);
    if (drawn === this.#drawn) return;
    if (service.name !== this.#service) this.#begin(service.name);
    this.#drawn = drawn;
    this.#facts.replaceChildren(...facts(map, service, unmet));
    this.#drawActs(service);
  }

  focus(): void {
    this.element.querySelector<HTMLElement>('h3')?.focus();
  }

  #begin(name: string): void {
    this.#service = name;
    this.#logs.replaceChildren();
    const close = h('button', { type: 'button', class: 'btn bare icon small', 'aria-label': 'Fermer' }, icon('close'));
    close.addEventListener('click', () => this.#events.close());
    this.element.replaceChildren(h('header', {}, h('h3', { tabindex: '-1' }, name), close), this.#acts, this.#facts, this.#logs);
  }

  /** The buttons stay the same elements, so that the focus stays on them while the service changes. */
  #drawActs(service: MapService): void {
    const commands = commandsOf(service);
    const wanted = ['Journaux', 'Peut-il joindre…', ...commands.map(({ label }) => label)].join();
    if (this.#acts.dataset.for === `${service.name} ${wanted}`) return;
    const focused = document.activeElement instanceof HTMLElement && this.#acts.contains(document.activeElement);
    this.#acts.dataset.for = `${service.name} ${wanted}`;
    const logs = button('Journaux', () => void this.#showLogs(service.name));
    const ask = button('Peut-il joindre…', () => this.#events.ask(service.name));
    const runs = commands.map(({ label, command, where }) => {
      const run = button(label, () => this.#events.run(command, where, run));
      run.title = command;
      return run;
    });
    this.#acts.replaceChildren(...(service.container === null ? [] : [logs]), ...runs, ask);
    if (focused) this.#acts.querySelector('button')?.focus();
  }

  async #showLogs(service: string): Promise<void> {
    const heading = h('h4', {}, 'Journaux, dernières lignes');
    const output = h('pre', { tabindex: '0', 'aria-label': `Journaux de ${service}` }, 'Lecture…');
    this.#logs.replaceChildren(heading, output);
    let text: string;
    try {
      text = await this.#events.logs(service);
    } catch (error) {
      text = error instanceof Error ? error.message : String(error);
    }
    if (this.#service !== service) return;
    output.textContent = text.trim() === '' ? 'Rien n’a été écrit.' : text;
    output.scrollTop = output.scrollHeight;
    output.scrollIntoView({ block: 'nearest' });
  }
}

interface Command {
  readonly label: string;
  readonly command: string;
  readonly where: 'current' | 'new';
}

function commandsOf({ name, container, state }: MapService): Command[] {
  if (!TYPEABLE.test(name)) return [];
  const create: Command = { label: container === null ? 'Démarrer' : 'Recréer', command: `docker compose up -d ${name}`, where: 'current' };
  if (container === null) return [create];
  const restart: Command =
    container.running || state === 'restarting'
      ? { label: 'Redémarrer', command: `docker compose restart ${name}`, where: 'current' }
      : { label: 'Démarrer', command: `docker compose start ${name}`, where: 'current' };
  const shell: Command[] = container.running ? [{ label: 'Shell', command: `docker compose exec ${name} sh`, where: 'new' }] : [];
  return [...shell, restart, ...(container.outdated ? [create] : [])];
}

function button(label: string, run: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', class: 'btn small' }, label);
  element.addEventListener('click', run);
  return element;
}

function facts(map: DrawnMap, service: MapService, unmet: readonly Verdict[]): Node[] {
  const { container, waitsFor, volumes, image } = service;
  const [state, words] = stateWords(service);
  const rows: Node[] = [row('état', shape(state), ` ${words}`)];
  for (const verdict of unmet) {
    const seen = verdict.verdict === 'met' ? '' : verdict.diagnosis.observed;
    rows.push(row('critère', shape('unmet', 'pas atteint'), ` ${verdict.title}`, seen !== '' && h('small', {}, ...sentence(seen))));
  }
  if (container?.error) rows.push(row('moteur', container.error));
  const health = container?.health;
  if (health)
    rows.push(
      row(
        'santé',
        HEALTH[health.status],
        health.lastOutput !== '' && h('pre', { tabindex: '0', 'aria-label': 'Dernière vérification' }, health.lastOutput),
      ),
    );
  if (waitsFor.length > 0)
    rows.push(
      row(
        'attend',
        ...waitsFor.map((wait) =>
          h(
            'span',
            { class: 'one' },
            shape(wait.satisfied ? 'met' : 'waiting', wait.satisfied ? 'fait' : 'pas encore'),
            ' ',
            ...sentence(waitWords(wait)),
          ),
        ),
      ),
    );
  for (const difference of differences(map, service)) rows.push(row('diffère', ...sentence(difference)));
  const networks = map.networks.filter(({ name }) => service.networks.includes(name));
  rows.push(row('réseaux', ...(networks.length === 0 ? [service.mode || 'aucun'] : networks.map(networkRow))));
  if (service.ports.length > 0) rows.push(row('ports', portWords(service).join(', ')));
  if (container?.running) rows.push(row('écoute', ...sentence(listens(container))));
  rows.push(...talkRows(map, service));
  if (volumes.length > 0)
    rows.push(
      row(
        'volumes',
        ...map.volumes
          .filter(({ name }) => volumes.includes(name))
          .map(({ name, exists, lostByDown }) =>
            h(
              'span',
              { class: 'one' },
              h('code', {}, name),
              ...sentence(lostByDown ? ' : `docker compose down -v` l’effacerait' : exists ? '' : ' : pas encore créé'),
            ),
          ),
      ),
    );
  const load = loadWords(service);
  if (load !== '') rows.push(row('charge', load));
  if (image !== '') rows.push(row('image', h('code', {}, image)));
  return [h('dl', {}, ...rows)];
}

const HEALTH = { starting: 'première vérification en cours', healthy: 'la vérification réussit', unhealthy: 'la vérification échoue' };

function networkRow(network: DrawnMap['networks'][number]): HTMLElement {
  const { name, actual, internal, subnets } = network;
  const shown = actual?.subnets ?? subnets;
  const words = [shown.join(', '), (actual?.internal ?? internal) && '`internal`', actual === null && 'pas encore créé'].filter(Boolean);
  const difference = networkDifference(network);
  return h(
    'span',
    { class: 'one' },
    h('code', {}, name),
    ...sentence(words.length > 0 ? ` : ${words.join(', ')}` : ''),
    difference !== undefined && h('small', {}, ...sentence(difference)),
  );
}

function listens({ listening }: NonNullable<MapService['container']>): string {
  if (listening === null) return 'pas encore connu';
  if (listening.length === 0) return 'rien';
  return listening.map(({ port, loopback }) => (loopback ? `${port} (sur 127.0.0.1 seulement)` : String(port))).join(', ');
}

function talkRows({ talks }: DrawnMap, { name }: MapService): Node[] {
  const to = [...new Set(talks.filter(({ from }) => from === name).map((talk) => `${talk.to}:${talk.port}`))];
  const from = [...new Set(talks.filter((talk) => talk.to === name).map((talk) => talk.from))];
  return [
    ...(to.length > 0 ? [row('parle à', ...sentence(listWords(to)))] : []),
    ...(from.length > 0 ? [row('reçoit', ...sentence(listWords(from)))] : []),
  ];
}

function row(title: string, ...content: readonly (Node | string | undefined | false)[]): HTMLElement {
  const texts = content.flatMap((part): (Node | undefined | false)[] => (typeof part === 'string' ? sentence(part) : [part]));
  return h('div', {}, h('dt', {}, title), h('dd', {}, ...texts));
}
