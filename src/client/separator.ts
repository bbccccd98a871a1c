const STEP = 2;

export interface Separation {
  /** The axis along which it moves. */
  readonly axis: 'x' | 'y';
  /** True: the percentage is that of the part after the line, instead of the part before it. */
  readonly after?: boolean;
  readonly min: number;
  readonly max: number;
  readonly usual: number;
  /** Sets the share in percent; undefined restores the default. */
  readonly set: (percent: number | undefined) => void;
}

/** A separator between two parts of a box. It can be dragged, moved with the arrow keys, and reset with Enter or a double click. */
export function startSeparator(line: HTMLElement, box: HTMLElement, { axis, after = false, min, max, usual, set }: Separation): void {
  const share = (place: number): number => {
    const { left, top, width, height } = box.getBoundingClientRect();
    const [from, size] = axis === 'x' ? [left, width] : [top, height];
    if (size === 0) return usual;
    const before = ((place - from) / size) * 100;
    return after ? 100 - before : before;
  };
  const measured = (): number => {
    const { left, top } = line.getBoundingClientRect();
    return share(axis === 'x' ? left : top);
  };
  const tell = (): void => line.setAttribute('aria-valuenow', String(Math.round(measured())));
  const move = (percent: number): void => {
    set(Math.round(Math.min(max, Math.max(min, percent)) * 10) / 10);
    tell();
  };
  const reset = (): void => {
    set(undefined);
    tell();
  };
  drag(line, (event) => move(share(axis === 'x' ? event.clientX : event.clientY)));
  line.addEventListener('dblclick', reset);
  line.addEventListener('keydown', (event) => {
    const step = (event.shiftKey ? 5 * STEP : STEP) * (after ? -1 : 1);
    if (event.key === (axis === 'x' ? 'ArrowLeft' : 'ArrowUp')) move(measured() - step);
    else if (event.key === (axis === 'x' ? 'ArrowRight' : 'ArrowDown')) move(measured() + step);
    else if (event.key === 'Home') move(min);
    else if (event.key === 'End') move(max);
    else if (event.key === 'Enter') reset();
    else return;
    event.preventDefault();
  });
  // Also called once at the start, without forcing a layout before the first paint.
  new ResizeObserver(tell).observe(box);
}

function drag(line: HTMLElement, moved: (event: PointerEvent) => void): void {
  line.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    line.setPointerCapture(event.pointerId);
    line.classList.add('dragging');
    event.preventDefault();
  });
  line.addEventListener('pointermove', (event) => {
    if (line.hasPointerCapture(event.pointerId)) moved(event);
  });
  for (const end of ['pointerup', 'pointercancel'] as const) line.addEventListener(end, () => line.classList.remove('dragging'));
}
