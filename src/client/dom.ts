import { french } from '../lib/french.ts';

type Child = Node | string | undefined | false;

/** Creates an element with attributes and children. Strings become text nodes and are never parsed as HTML. */
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

/** A symbol of the SVG sprite; `name` without the `i-` prefix. */
export function icon(name: string, extra = ''): SVGSVGElement {
  return drawing(`i-${name}`, `i ${extra}`.trim());
}

export type Shape = 'met' | 'waiting' | 'unmet' | 'unknown' | 'todo';

/** The shape of a state. `label`: its accessible name, where no text beside it says the same. */
export function shape(state: Shape, label?: string): SVGSVGElement {
  const svg = drawing(`st-${state}`, `st st-${state}`);
  if (label !== undefined) {
    svg.removeAttribute('aria-hidden');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
  }
  return svg;
}

/** A command between « », as in sentences that are also printed in a terminal. */
const QUOTED_COMMAND = /«\s*((?:sudo|npm|npx|escale|docker|git|timedatectl) [^»]*?)\s*»/g;

/** A sentence in which backticks mark code, with French spacing in the rest. */
export function sentence(text: string): Node[] {
  return text
    .replace(QUOTED_COMMAND, '`$1`')
    .split('`')
    .map((part, index) => (index % 2 === 1 ? h('code', {}, part) : document.createTextNode(french(part))))
    .filter((node) => node.textContent !== '');
}

/** Whether keys typed there are text. For elements in a shadow root, the document only sees the host. */
export function isWritten(target: EventTarget | null | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null);
}
