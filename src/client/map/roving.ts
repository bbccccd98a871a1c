import type { Box } from './layout.ts';

type Way = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** A step aside counts more than one ahead: the arrow leads to what stands in its direction. */
const ASIDE = 3;

export function isWay(key: string): key is Way {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/** The nearest box in the direction of an arrow key; undefined at the edge. */
export function nextBox(boxes: ReadonlyMap<string, Box>, from: string, way: Way): string | undefined {
  const here = boxes.get(from);
  if (here === undefined) return undefined;
  const [x, y] = centre(here);
  let nearest: { name: string; distance: number } | undefined;
  for (const [name, box] of boxes) {
    const [dx, dy] = [centre(box)[0] - x, centre(box)[1] - y];
    const [ahead, aside] = {
      ArrowLeft: [-dx, dy],
      ArrowRight: [dx, dy],
      ArrowUp: [-dy, dx],
      ArrowDown: [dy, dx],
    }[way];
    if (name === from || ahead === undefined || aside === undefined || ahead < 1) continue;
    const distance = ahead + ASIDE * Math.abs(aside);
    if (nearest === undefined || distance < nearest.distance) nearest = { name, distance };
  }
  return nearest?.name;
}

function centre({ x, y, width, height }: Box): readonly [number, number] {
  return [x + width / 2, y + height / 2];
}
