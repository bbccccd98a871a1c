import { duration } from '../../lib/duration.ts';
import { spentWords } from '../reading/time-spent.ts';
import { spentOn, spentOnPart, standingIn, type View, write } from './view.ts';

interface Place {
  readonly id: string;
  readonly h: { readonly x: number; readonly y: number };
  readonly v: { readonly x: number; readonly y: number };
}

/** Draws the route travelled: the criteria met of each task, the ports reached, the current place, and the time spent. */
export function drawRoute(page: Element, view: View): void {
  const chart = page.querySelector<HTMLElement>('.chart');
  if (chart === null) return;
  for (const leg of chart.querySelectorAll<SVGElement>('[data-sailed]')) {
    const { met, of } = standingIn(view, ({ task }) => task === leg.dataset.sailed);
    leg.setAttribute('stroke-dasharray', `${of === 0 ? 0 : met / of} 2`);
    leg.toggleAttribute('data-some', met > 0);
  }
  for (const part of page.querySelectorAll<HTMLElement>('[data-part][data-open]')) drawPort(chart, part, view);
  drawHere(chart, view);
  drawPassed(chart, view);
}

function drawPort(chart: Element, part: HTMLElement, view: View): void {
  const id = part.dataset.part ?? '';
  const { met, of } = standingIn(view, ({ task }) => task.charAt(0) === id);
  const spent = spentWords(spentOnPart(view, id));
  for (const port of chart.querySelectorAll(`[data-port="${id}"]`)) port.toggleAttribute('data-reached', met === of);
  for (const text of chart.querySelectorAll<SVGElement>(`[data-port-said="${id}"]`)) {
    text.dataset.planned ??= text.textContent ?? '';
    const { planned } = text.dataset;
    write(text, spent === '' ? planned : met === of ? `${planned}, faite en ${spent}` : `${planned}, ${spent} passées`);
  }
}

function drawHere(chart: HTMLElement, { last }: View): void {
  const places: readonly Place[] = JSON.parse(chart.dataset.places ?? '[]');
  const here = places.find(({ id }) => id === last?.lesson);
  if (here === undefined) return;
  const wide = chart.querySelector<SVGElement>('[data-here="h"]');
  const tall = chart.querySelector<SVGElement>('[data-here="v"]');
  wide?.setAttribute('transform', `translate(${here.h.x.toFixed(1)} ${here.h.y.toFixed(1)})`);
  tall?.setAttribute('transform', `translate(0 ${here.v.x.toFixed(1)})`);
  for (const circle of tall?.querySelectorAll('circle') ?? []) circle.setAttribute('cx', here.v.y.toFixed(1));
  for (const mark of [wide, tall]) write(mark?.querySelector('text'), `vous êtes en ${here.id}`);
}

/** Draws a mark for the time spent on the bar of hours: the gap to the route is the lead or delay. */
function drawPassed(chart: HTMLElement, view: View): void {
  const mark = chart.querySelector<SVGElement>('[data-passed]');
  const minutes = Math.floor(spentOn(view, Object.keys(view.spent)) / 60_000);
  if (mark === null || minutes < 1) return;
  const { from, scale, most } = mark.dataset;
  const x = Number(from) + Math.min(minutes, Number(most)) * Number(scale);
  mark.setAttribute('transform', `translate(${x.toFixed(1)} 225)`);
  mark.toggleAttribute('data-some', true);
  write(mark.querySelector('text'), `${duration(minutes)} passées`);
}
