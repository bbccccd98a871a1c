import { french } from '../lib/french.ts';

type Child = Node | string | undefined | false;

/** An element with attributes and children. Text is always text: nothing given to it is ever read as markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string') element.setAttribute(name, value);
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

function drawing(symbol: string, classes: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', classes);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#${symbol}`);
  svg.append(use);
  return svg;
}

/** A symbol of the sprite, without its `i-`. */
export function icon(name: string, extra = ''): SVGSVGElement {
  return drawing(`i-${name}`, `i ${extra}`.trim());
}

export type Shape = 'met' | 'waiting' | 'unmet' | 'unknown' | 'todo';

/** The shape of a state; `label` where no word stands beside it. */
export function shape(state: Shape, label?: string): SVGSVGElement {
  const svg = drawing(`st-${state}`, `st st-${state}`);
  if (label !== undefined) {
    svg.removeAttribute('aria-hidden');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  }
  return svg;
}

/** A command between « », as those sentences have it that are printed in a terminal too. */
const QUOTED_COMMAND = /«\s*((?:sudo|npm|npx|escale|docker|git|timedatectl) [^»]*?)\s*»/g;

/** A sentence whose backticks mark code, with French spaces in the rest. */
export function sentence(text: string): Node[] {
  return text
    .replace(QUOTED_COMMAND, '`$1`')
    .split('`')
    .map((part, index) => (index % 2 === 1 ? h('code', {}, part) : document.createTextNode(french(part))))
    .filter((node) => node.textContent !== '');
}

/** Keys that come to it are text. A shadow root's host is all that the document sees of what is inside. */
export function isWritten(target: EventTarget | null | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
}
