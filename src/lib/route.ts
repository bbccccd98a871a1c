import type { Part } from './course.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points that the route passes through, and the scale along it. */
export interface RouteShape {
  /** Length per planned minute, in the drawing's unit. */
  readonly scale: number;
  readonly from: number;
  /** Offset across the route of the start, of each port in order, and of the deliverables. */
  readonly sway: readonly number[];
  /** Distance from the last port to the deliverables. */
  readonly tail: number;
}

interface Knot {
  readonly along: number;
  readonly across: number;
}

/** The drawn route. Distance along it is planned time; offsets across it are decoration. */
export class Route {
  readonly #knots: readonly Knot[];
  readonly #shape: RouteShape;

  constructor(parts: readonly Pick<Part, 'minutes'>[], shape: RouteShape) {
    this.#shape = shape;
    let minutes = 0;
    const knots: Knot[] = [{ along: shape.from, across: shape.sway[0] ?? 0 }];
    for (const [index, part] of parts.entries()) {
      minutes += part.minutes;
      knots.push({ along: shape.from + minutes * shape.scale, across: shape.sway[index + 1] ?? 0 });
    }
    const last = knots.at(-1)?.along ?? shape.from;
    knots.push({ along: last + shape.tail, across: shape.sway[parts.length + 1] ?? 0 });
    this.#knots = knots;
  }

  /** A point of the route: 0 is the start, then the ports, then the deliverables. */
  port(index: number): Point {
    const knot = this.#knots[index];
    if (knot === undefined) throw new Error(`the route has no port ${index}`);
    return { x: knot.along, y: knot.across };
  }

  /** The position after this many planned minutes. */
  at(minutes: number): Point {
    return this.#place(this.#shape.from + minutes * this.#shape.scale);
  }

  /** The angle of the route at that position, in radians. */
  slope(minutes: number): number {
    const before = this.at(minutes - 0.5);
    const after = this.at(minutes + 0.5);
    return Math.atan2(after.y - before.y, after.x - before.x);
  }

  /** The SVG path between two times; without an end, up to the deliverables. */
  path(fromMinutes: number, toMinutes?: number, turned = false): string {
    const start = this.#shape.from + fromMinutes * this.#shape.scale;
    const end = toMinutes === undefined ? (this.#knots.at(-1)?.along ?? start) : this.#shape.from + toMinutes * this.#shape.scale;
    const steps = Math.max(2, Math.ceil((end - start) / 6));
    const points = Array.from({ length: steps + 1 }, (_, index) => this.#place(start + ((end - start) * index) / steps));
    return `M${points.map(({ x, y }) => (turned ? `${y.toFixed(1)} ${x.toFixed(1)}` : `${x.toFixed(1)} ${y.toFixed(1)}`)).join(' ')}`;
  }

  #place(along: number): Point {
    const after = Math.max(
      1,
      this.#knots.findIndex((knot) => knot.along >= along),
    );
    const a = this.#knots[after - 1];
    const b = this.#knots[after];
    if (a === undefined || b === undefined) throw new Error('the route has no such place');
    const part = Math.min(1, Math.max(0, (along - a.along) / (b.along - a.along)));
    const eased = (1 - Math.cos(Math.PI * part)) / 2;
    return { x: along, y: a.across + (b.across - a.across) * eased };
  }
}
