/** Lines and letters of the graph as text: for the page and for the picture that is exported. */
import type { GraphBox } from '../../server/src/protocol/panels.ts';
import type { Edge } from './graphLayers.ts';
import { BOX_HEIGHT, LETTER, type Place } from './graphLayout.ts';

/** Way of a line from box to box. */
export interface Curve {
  /** Of an SVG path: the line, and the head of its arrow, to be filled. */
  readonly path: string;
  readonly head: string;
  /** Its outermost points. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const HEAD = 7;

/** Lines leave a box to the left, where the chain begins, and arrive from the right; those within a column turn around. */
export function curveOf({ from, to }: Edge, places: readonly Place[]): Curve | undefined {
  const source = places[from];
  const target = places[to];
  if (source === undefined || target === undefined) return undefined;
  const y1 = source.y + BOX_HEIGHT / 2;
  const y2 = target.y + BOX_HEIGHT / 2 + (from === to ? BOX_HEIGHT / 4 : 0);
  const isForward = target.x + target.width <= source.x;
  const isBackward = source.x + source.width <= target.x;
  const x1 = isForward ? source.x : source.x + source.width;
  const x2 = isBackward ? target.x : target.x + target.width;
  // Towards the end the line runs level, so that its head points into the box.
  const side = isBackward ? -1 : 1;
  const end = x2 + side * HEAD;
  const bend = Math.max(24, Math.abs(x1 - end) / 2.5);
  const c1 = x1 + (isForward ? -bend : bend);
  const c2 = end + side * bend;
  return {
    path: `M${n(x1)} ${n(y1)}C${n(c1)} ${n(y1)} ${n(c2)} ${n(y2)} ${n(end)} ${n(y2)}`,
    head: `M${n(x2)} ${n(y2)}l${side * HEAD} -4v8z`,
    left: Math.min(x1, x2, c1, c2),
    right: Math.max(x1, x2, c1, c2),
    top: Math.min(y1, y2) - BOX_HEIGHT / 2,
    bottom: Math.max(y1, y2) + BOX_HEIGHT / 2,
  };
}

/** The two texts of a box, cut to its width. */
export function textsOf(
  { label, description }: GraphBox,
  width: number,
): { readonly label: string; readonly description: string } {
  const letters = Math.floor((width - 28) / LETTER);
  return { label: cut(label, letters), description: cut(description, letters + 2) };
}

function cut(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`;
}

/** A number of pixels as text. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
