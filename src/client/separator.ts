import { remember } from './memory.ts';

const MIN = 30;
const MAX = 75;
const STEP = 2;

/** The line between lesson and lab: dragged, moved with the arrows, put back with Enter or a double click. */
export function startSeparator(line: HTMLElement, bench: HTMLElement): void {
  const root = document.documentElement;

  const measured = (): number => {
    const box = bench.getBoundingClientRect();
    return box.width === 0 ? 44 : ((line.getBoundingClientRect().left - box.left) / box.width) * 100;
  };
  const tell = (): void => line.setAttribute('aria-valuenow', String(Math.round(measured())));
  const move = (percent: number): void => {
    const lesson = Math.round(Math.min(MAX, Math.max(MIN, percent)) * 10) / 10;
    root.style.setProperty('--lesson', `${lesson}%`);
    tell();
    remember({ lesson });
  };
  const reset = (): void => {
    move(44);
    root.style.removeProperty('--lesson');
    tell();
  };

  line.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    line.setPointerCapture(event.pointerId);
    line.classList.add('dragging');
    event.preventDefault();
  });
  line.addEventListener('pointermove', (event) => {
    if (!line.hasPointerCapture(event.pointerId)) return;
    const box = bench.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) line.addEventListener(end, () => line.classList.remove('dragging'));
  line.addEventListener('dblclick', reset);
  line.addEventListener('keydown', (event) => {
    const big = event.shiftKey ? 5 : 1;
    if (event.key === 'ArrowLeft') move(measured() - STEP * big);
    else if (event.key === 'ArrowRight') move(measured() + STEP * big);
    else if (event.key === 'Home') move(MIN);
    else if (event.key === 'End') move(MAX);
    else if (event.key === 'Enter') reset();
    else return;
    event.preventDefault();
  });
  tell();
}
