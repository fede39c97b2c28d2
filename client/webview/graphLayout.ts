/**
 * Where the boxes of the graph stand. Layered, with one pass over boxes and lines for each step: thousands of boxes take some ten milliseconds.
 * The same input gives the same layout.
 */
import type { GraphBox, GraphLine } from '../../server/src/protocol/panels.ts';
import { edgesOf, layersOf, meanHeight, neighboursOf, type Edge, type Layer } from './graphLayers.ts';

/** All numbers are pixels at zoom 1; a place is that of a corner at the top left. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** In the order of the boxes that were given. */
  readonly places: readonly Place[];
  readonly edges: readonly Edge[];
  /** Columns from left to right, each with the indices of its boxes from top to bottom. */
  readonly columns: readonly (readonly number[])[];
  readonly headings: readonly { readonly text: string; readonly x: number }[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly column: number;
}

export const BOX_HEIGHT = 40;
/** Of one letter of a label; what is longer than its box is cut. */
export const LETTER = 7;
/** Height of the line with the headings. */
export const HEADING = 30;
const ROW = BOX_HEIGHT + 10;
const MARGIN = 16;
const GAP = 60;
/** Between the columns of one layer. */
const INNER_GAP = 24;
const MIN_WIDTH = 90;
const MAX_WIDTH = 240;
/** Layers up to here are one column, whatever the shape of the whole. */
const MIN_ROWS = 40;
/** What the whole aims at: its width by its height. */
const SHAPE = 1.8;
/** Rounds of placing boxes beside their neighbours. */
const ROUNDS = 4;

export function layOut(boxes: readonly GraphBox[], lines: readonly GraphLine[]): GraphLayout {
  const edges = edgesOf(boxes, lines);
  const layers = layersOf(boxes, edges);
  const widths = layers.map((layer) =>
    layer.boxes.reduce((widest, index) => Math.max(widest, widthOf(boxes[index])), MIN_WIDTH),
  );
  const rows = rowsOf(layers, widths);
  const heights = heightsOf(layers, rows, neighboursOf(boxes.length, edges));
  const places: Place[] = boxes.map(() => ({ x: 0, y: 0, width: MIN_WIDTH, column: 0 }));
  const columns: number[][] = [];
  const headings: { text: string; x: number }[] = [];
  let x = MARGIN;
  for (const [at, layer] of layers.entries()) {
    const width = widths[at] ?? MIN_WIDTH;
    const folds = Math.ceil(layer.boxes.length / rows);
    if (layers[at - 1]?.kind !== layer.kind) headings.push({ text: HEADINGS[layer.kind], x });
    for (const [position, index] of layer.boxes.entries()) {
      const column = columns.length + (position % folds);
      const y = MARGIN + HEADING + (heights[index] ?? 0) - BOX_HEIGHT / 2;
      places[index] = { x: x + (position % folds) * (width + INNER_GAP), y, width, column };
    }
    for (let fold = 0; fold < folds; fold++)
      columns.push(layer.boxes.filter((_, position) => position % folds === fold));
    x += folds * (width + INNER_GAP) - INNER_GAP + GAP;
  }
  return {
    width: x - GAP + MARGIN,
    height: usedRows(layers, rows) * ROW + HEADING + 2 * MARGIN,
    ...{ places, edges, columns, headings },
  };
}

function widthOf(box: GraphBox | undefined): number {
  const letters = box === undefined ? 0 : Math.max(box.label.length, box.description.length);
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, letters * LETTER + 44));
}

/** How many rows a column may have: a layer of more is folded, so that the whole is neither a tower nor a line. */
function rowsOf(layers: readonly Layer[], widths: readonly number[]): number {
  const area = layers.reduce((sum, layer, at) => {
    return sum + layer.boxes.length * ROW * ((widths[at] ?? MIN_WIDTH) + INNER_GAP);
  }, 0);
  return Math.max(MIN_ROWS, Math.ceil(Math.sqrt(area / SHAPE) / ROW));
}

function usedRows(layers: readonly Layer[], rows: number): number {
  return Math.min(rows, Math.max(1, ...layers.map((layer) => layer.boxes.length)));
}

/** The middle of each box. Layers of several columns fill their rows; the others stand beside their neighbours, as far as there is room. */
function heightsOf(
  layers: readonly Layer[],
  rows: number,
  neighbours: readonly (readonly number[])[],
): readonly number[] {
  const heights = neighbours.map(() => 0);
  const total = usedRows(layers, rows) * ROW;
  for (const { boxes } of layers) {
    const folds = Math.ceil(boxes.length / rows);
    const share = total / Math.ceil(boxes.length / folds);
    for (const [position, index] of boxes.entries())
      heights[index] = (Math.floor(position / folds) + 0.5) * (folds > 1 ? ROW : share);
  }
  const single = layers.filter(({ boxes }) => boxes.length <= rows);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { boxes } of round % 2 === 0 ? single : single.toReversed()) {
      const wanted = boxes.map((index) => meanHeight(index, neighbours, heights));
      const placed = spread(wanted, ROW, total);
      for (const [position, index] of boxes.entries()) heights[index] = placed[position] ?? 0;
    }
  }
  return heights;
}

/**
 * Heights as near as possible (least squares) to those that are wanted, in the given order, at least `step` apart and inside of `total`: what
 * would overlap is joined to blocks that stand at their mean.
 */
export function spread(wanted: readonly number[], step: number, total: number): readonly number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const [at, height] of wanted.entries()) {
    let block = { sum: height - at * step, count: 1 };
    let last = blocks.at(-1);
    while (last !== undefined && last.sum / last.count > block.sum / block.count) {
      block = { sum: block.sum + last.sum, count: block.count + last.count };
      blocks.pop();
      last = blocks.at(-1);
    }
    blocks.push(block);
  }
  const most = total - wanted.length * step + step / 2;
  const starts = blocks.flatMap(({ sum, count }) =>
    new Array<number>(count).fill(Math.max(step / 2, Math.min(most, sum / count))),
  );
  return starts.map((start, at) => start + at * step);
}

const HEADINGS: Readonly<Record<Layer['kind'], string>> = {
  asset: 'Assets',
  zone: 'Trust zones',
  component: 'Components',
  element: 'Elements',
  flow: 'Data flows',
  threat: 'Threats',
  vulnerability: 'Vulnerabilities',
  risk: 'Risks',
  control: 'Controls',
  requirement: 'Requirements',
  design: 'Design',
  unit: 'Code',
  test: 'Tests',
  'test code': 'Test code',
  result: 'Results',
  justification: 'Justifications',
  group: 'Groups',
  link: 'Unknown ids',
};
