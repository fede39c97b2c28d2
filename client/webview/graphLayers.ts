/** Which box of the graph stands in which layer, and in which order: assets first, code, tests and results last. */
import type { GraphBox, GraphLine } from '../../server/src/protocol/panels.ts';

/** Boxes that stand in one column, or in several columns side by side, from top to bottom. */
export interface Layer {
  readonly kind: LayerKind;
  /** Indices of boxes. */
  readonly boxes: readonly number[];
}

/** Kinds of boxes; code that verifies stands behind the tests. */
export type LayerKind = GraphBox['kind'] | 'test code';

/** The chain from left to right. What is not listed (an id that no item has) stands first. */
export const ORDER: readonly LayerKind[] = [
  'asset',
  'zone',
  'component',
  'element',
  'flow',
  'threat',
  'vulnerability',
  'risk',
  'control',
  'requirement',
  'design',
  'unit',
  'test',
  'test code',
  'result',
  'justification',
];

/** Layers of one kind: requirements that derive from requirements stand to the right of them, up to here. */
const MAX_DEPTH = 12;
/** Rounds of ordering; more change next to nothing. */
const ROUNDS = 4;

/** A line by the indices of its boxes; lines to boxes that are not there are left out. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly line: GraphLine;
}

export function edgesOf(boxes: readonly GraphBox[], lines: readonly GraphLine[]): readonly Edge[] {
  const indices = new Map(boxes.map(({ key }, index) => [key, index]));
  return lines.flatMap((line) => {
    const from = indices.get(line.from);
    const to = indices.get(line.to);
    return from === undefined || to === undefined ? [] : [{ from, to, line }];
  });
}

export function layersOf(boxes: readonly GraphBox[], edges: readonly Edge[]): readonly Layer[] {
  const kinds = kindsOf(boxes, edges);
  const depths = depthsOf(kinds, edges);
  const layers = new Map<number, { kind: LayerKind; boxes: number[] }>();
  for (const [index, kind] of kinds.entries()) {
    const place = ORDER.indexOf(kind) * (MAX_DEPTH + 1) + (depths[index] ?? 0);
    const layer = layers.get(place);
    if (layer === undefined) layers.set(place, { kind, boxes: [index] });
    else layer.boxes.push(index);
  }
  const sorted = [...layers].sort(([a], [b]) => a - b).map(([, layer]) => layer);
  order(
    sorted.map((layer) => layer.boxes),
    neighboursOf(boxes.length, edges),
  );
  return sorted;
}

function kindsOf(boxes: readonly GraphBox[], edges: readonly Edge[]): readonly LayerKind[] {
  const kinds: LayerKind[] = boxes.map(({ kind }) => kind);
  for (const { from, line } of edges)
    if (kinds[from] === 'unit' && line.type === 'verifies') kinds[from] = 'test code';
  return kinds;
}

/** How many steps each box is away from the first of its kind; what is part of a circle counts from where the walk came upon it. */
function depthsOf(kinds: readonly LayerKind[], edges: readonly Edge[]): readonly number[] {
  const sources: number[][] = kinds.map(() => []);
  const open = kinds.map(() => 0);
  for (const { from, to } of edges) {
    if (from === to || kinds[from] !== kinds[to]) continue;
    sources[to]?.push(from);
    open[from] = (open[from] ?? 0) + 1;
  }
  const depths = kinds.map(() => 0);
  // Kahn's algorithm; when only circles are left, the first of what is left is taken.
  const done = kinds.map(() => false);
  const ready = [...kinds.keys()].filter((index) => open[index] === 0);
  let next = 0;
  for (let left = kinds.length; left > 0; left--) {
    let index = ready.pop();
    while (index === undefined) {
      if (done[next] === false) index = next;
      else next++;
    }
    done[index] = true;
    for (const source of sources[index] ?? []) {
      if (done[source] === true) continue;
      depths[source] = Math.min(MAX_DEPTH, Math.max(depths[source] ?? 0, (depths[index] ?? 0) + 1));
      open[source] = (open[source] ?? 0) - 1;
      if (open[source] === 0) ready.push(source);
    }
  }
  return depths;
}

export function neighboursOf(count: number, edges: readonly Edge[]): readonly (readonly number[])[] {
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) {
    if (from === to) continue;
    neighbours[from]?.push(to);
    neighbours[to]?.push(from);
  }
  return neighbours;
}

/** Sorts each layer by where the neighbours of its boxes stand, on the scale from 0 (top) to 1: the barycentre heuristic. */
function order(layers: readonly number[][], neighbours: readonly (readonly number[])[]): void {
  const heights = neighbours.map(() => 0);
  const note = (layer: readonly number[]): void => {
    for (const [at, index] of layer.entries()) heights[index] = (at + 0.5) / layer.length;
  };
  layers.forEach(note);
  for (let round = 0; round < ROUNDS; round++) {
    for (const layer of round % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = new Map(layer.map((index) => [index, meanHeight(index, neighbours, heights)]));
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0));
      note(layer);
    }
  }
}

/** Where the neighbours of a box stand; without any, where it stands itself. */
export function meanHeight(
  index: number,
  neighbours: readonly (readonly number[])[],
  heights: readonly number[],
): number {
  const near = neighbours[index] ?? [];
  if (near.length === 0) return heights[index] ?? 0;
  return near.reduce((sum, each) => sum + (heights[each] ?? 0), 0) / near.length;
}
