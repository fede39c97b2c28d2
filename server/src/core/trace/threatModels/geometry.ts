export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function centreOf({ x, y, width, height }: Box): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

export function contains({ x, y, width, height }: Box, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height;
}

/** The smallest box around another one's centre that is larger than it; see {@link innermost}. */
export function boxAround<T extends { readonly box: Box }>(inner: Box, boxes: readonly T[]): T | undefined {
  return innermost(
    centreOf(inner),
    boxes.filter(({ box }) => box.width * box.height > inner.width * inner.height),
  );
}

/** The smallest box around a point; undefined where there is none, or where the smallest two are of one size. */
export function innermost<T extends { readonly box: Box }>(point: Point, boxes: readonly T[]): T | undefined {
  const around = boxes.filter(({ box }) => contains(box, point));
  const area = ({ box }: T) => box.width * box.height;
  const [first, second] = around.sort((a, b) => area(a) - area(b));
  return second !== undefined && first !== undefined && area(first) === area(second) ? undefined : first;
}

/** Whether two lines of points cross. Lines of more points than this do not come out of a drawing tool. */
export function cross(one: readonly Point[], two: readonly Point[]): boolean {
  const a = one.slice(0, MAX_POINTS);
  const b = two.slice(0, MAX_POINTS);
  for (let i = 1; i < a.length; i++) {
    for (let j = 1; j < b.length; j++) {
      const [p, q, r, s] = [a[i - 1], a[i], b[j - 1], b[j]];
      if (p && q && r && s && segmentsCross(p, q, r, s)) return true;
    }
  }
  return false;
}

const MAX_POINTS = 100;

function segmentsCross(p: Point, q: Point, r: Point, s: Point): boolean {
  return side(p, q, r) !== side(p, q, s) && side(r, s, p) !== side(r, s, q);
}

/** On which side of a line a point is; a point on the line counts as left. */
function side(from: Point, to: Point, point: Point): boolean {
  return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x) >= 0;
}

/** Points of a curve that is bent towards a handle (a quadratic curve through the middle of it). */
export function curve(from: Point, handle: Point, to: Point): readonly Point[] {
  return Array.from({ length: CURVE_STEPS + 1 }, (_, at) => {
    const t = at / CURVE_STEPS;
    const mix = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
    return { x: mix(from.x, handle.x, to.x), y: mix(from.y, handle.y, to.y) };
  });
}

const CURVE_STEPS = 12;
