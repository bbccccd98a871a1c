import type { DrawnMap, MapService, StackMap } from '../../../contract/stack-map.ts';
import type { Verdict } from '../../../contract/verdict.ts';
import { french } from '../../lib/french.ts';
import { announce } from '../announce.ts';
import type { LabSnapshot } from '../connection/snapshot-store.ts';
import { workbenchParts } from '../connection/workbench-parts.ts';
import { h, icon, sentence } from '../dom.ts';
import { Details } from './details.ts';
import { Drawing } from './drawing.ts';
import { emptyWords } from './empty-words.ts';
import { Question } from './question.ts';
import { stateWords } from './state-words.ts';
import { MapTable } from './table.ts';

type Form = 'drawing' | 'table';

/** The map of the learner's stack. It is sent only while this element can be seen. */
export class MapElement extends HTMLElement {
  readonly #drawing = new Drawing({ chosen: (name) => this.#choose(name) });
  readonly #table = new MapTable((name) => this.#select(name));
  readonly #question = new Question(() => this.#draw());
  readonly #details = new Details({
    close: () => this.#select(undefined),
    logs: async (service) => (await workbenchParts().workspace.mapLogs(service)).text,
    run: (command, where, button) => workbenchParts().run(command, button, where === 'new'),
    ask: (service) => {
      this.#question.begin(service);
      this.#draw();
      this.#focusForm();
    },
  });
  readonly #note = h('div', { class: 'map-note' });
  readonly #stale = h('p', { class: 'map-stale', role: 'status' });
  readonly #body = h('div', { class: 'map-body' });
  readonly #count = h('span', { class: 'quiet' });
  #form: Form = 'drawing';
  #selected: string | undefined;
  #states = new Map<string, string>();
  #began = false;

  connectedCallback(): void {
    if (this.#began) return;
    this.#began = true;
    const seen = new IntersectionObserver((entries) => workbenchParts().workspace.showMap(entries.at(-1)?.isIntersecting ?? false));
    seen.observe(this);
    new ResizeObserver(() => this.#draw()).observe(this.#body);
    this.replaceChildren(this.#bar(), this.#stale, this.#body, this.#question.element);
    this.addEventListener('keydown', (event) => this.#escape(event));
    workbenchParts().store.watch((now, before) => {
      if (
        now === before ||
        now.map !== before.map ||
        now.verdicts !== before.verdicts ||
        now.connection !== before.connection ||
        now.lab !== before.lab
      )
        this.#draw();
    });
  }

  /** Focuses the drawing or the table. */
  enter(): void {
    this.#focusForm();
  }

  #bar(): HTMLElement {
    const lesson = h('button', { type: 'button', class: 'btn bare leave', 'data-action': 'lesson' }, icon('back'), 'Leçon');
    const forms = (['drawing', 'table'] as const).map((form) => {
      const button = h(
        'button',
        { type: 'button', 'aria-pressed': String(form === this.#form) },
        form === 'drawing' ? 'Dessin' : 'Tableau',
      );
      button.addEventListener('click', () => {
        this.#form = form;
        for (const other of forms) other.setAttribute('aria-pressed', String(other === button));
        this.#draw();
      });
      return button;
    });
    const terminal = h('button', { type: 'button', class: 'btn bare leave', 'data-action': 'lab' }, icon('term'), 'Terminal');
    return h(
      'div',
      { class: 'bar' },
      lesson,
      this.#count,
      h('div', { class: 'end' }, h('div', { class: 'seg', role: 'group', 'aria-label': 'Forme de la carte' }, ...forms), terminal),
    );
  }

  #draw(): void {
    const { now } = workbenchParts().store;
    const { map } = now;
    this.#stale.textContent =
      now.connection.kind === 'open' || map === undefined ? '' : french('Connexion perdue : la carte date d’avant.');
    if (map?.state !== 'drawn' || map.services.length === 0) {
      this.#empty(now, map);
      return;
    }
    this.#tellChanges(map);
    const verdicts = unmetOf(now);
    const unmet = new Map([...verdicts].map(([service, all]) => [service, all.map(({ title }) => title)]));
    const selected = map.services.find(({ name }) => name === this.#selected);
    this.#question.element.hidden = false;
    this.#question.draw(map);
    this.#count.textContent = french(counted(map));
    const form = this.#form === 'table' ? this.#table.element : this.#drawing.element;
    const parts = selected === undefined ? [form] : [form, this.#details.element];
    if (parts.length !== this.#body.childElementCount || parts.some((part, index) => this.#body.children[index] !== part))
      this.#body.replaceChildren(...parts);
    if (selected !== undefined) this.#details.draw(map, selected, verdicts.get(selected.name) ?? []);
    if (this.#form === 'table') this.#table.draw(map, unmet);
    else {
      const shown = { map, unmet, selected: selected?.name, asked: this.#question.edge };
      this.#drawing.draw(shown, this.clientWidth);
    }
  }

  #empty(now: LabSnapshot, map: StackMap | undefined): void {
    const { title, text, file } = emptyWords(now, map);
    this.#question.element.hidden = true;
    this.#count.textContent = '';
    const open = file === undefined ? undefined : h('button', { type: 'button', class: 'btn small' }, french(`Ouvrir ${file.path}`));
    if (file) open?.addEventListener('click', () => workbenchParts().openFile(file.path, file.line));
    const words = JSON.stringify([title, text, file]);
    if (this.#note.dataset.words === words && this.#body.contains(this.#note)) return;
    this.#note.dataset.words = words;
    this.#note.replaceChildren(h('h2', {}, ...sentence(title)), h('p', {}, ...sentence(text)), ...(open ? [h('p', {}, open)] : []));
    this.#body.replaceChildren(this.#note);
  }

  /** In a question, the second service that is chosen ends it; otherwise the service's details open. */
  #choose(name: string): void {
    if (this.#question.isArmed) {
      this.#question.finish(name);
      this.#draw();
    } else this.#select(name === this.#selected ? undefined : name);
  }

  #select(name: string | undefined): void {
    const before = this.#selected;
    this.#selected = name;
    this.#draw();
    if (name !== undefined) {
      this.#drawing.reveal(name);
      this.#details.focus();
    } else if (before !== undefined) this.#focusForm();
  }

  #focusForm(): void {
    if (this.#form === 'drawing' && this.#drawing.element.isConnected) this.#drawing.focus();
    else (this.#body.querySelector<HTMLElement>('button, [tabindex="0"]') ?? this.querySelector<HTMLElement>('.seg button'))?.focus();
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    if (this.#question.clear()) this.#draw();
    else if (this.#selected !== undefined) this.#select(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Says changed states once each. */
  #tellChanges(map: DrawnMap): void {
    const states = new Map(map.services.map((service) => [service.name, stateWords(service)[1]]));
    const changed = [...states].filter(([name, words]) => this.#states.has(name) && this.#states.get(name) !== words);
    this.#states = states;
    if (changed.length > 0) announce(french(changed.map(([name, words]) => `${name} : ${words}`).join(', ')));
  }
}

/** The criteria of the open task that are not met, by the service that they are about. */
function unmetOf({ verdicts }: LabSnapshot): Map<string, Verdict[]> {
  const task = document.querySelector<HTMLElement>('[data-pane="main"]')?.dataset.task ?? '';
  const found = new Map<string, Verdict[]>();
  for (const verdict of verdicts.get(task)?.criteria ?? []) {
    if (verdict.verdict !== 'not-met' || verdict.untouched) continue;
    const { service } = verdict.diagnosis.where;
    if (service !== undefined) found.set(service, [...(found.get(service) ?? []), verdict]);
  }
  return found;
}

function counted({ services, left, orphans }: DrawnMap): string {
  const running = services.filter(({ container }: MapService) => container?.running).length;
  const parts = [
    `${running} en marche sur ${services.length}`,
    left > 0 && `${left} service${left > 1 ? 's' : ''} de plus, pas sur la carte`,
    orphans.length > 0 && `hors du fichier : ${orphans.join(', ')}`,
  ];
  return parts.filter(Boolean).join(' · ');
}
