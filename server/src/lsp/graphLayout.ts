import { Graph, layout } from '@dagrejs/dagre';

/** Something to be placed; sizes in pixels. */
export interface Box {
  readonly key: string;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** Centre of each box, by its key. */
  readonly boxes: ReadonlyMap<string, { readonly x: number; readonly y: number }>;
  /** The way of each line, in the order in which they were given. */
  readonly lines: readonly (readonly { readonly x: number; readonly y: number }[])[];
}

const MARGIN = 16;

/** Places boxes in columns: what leads somewhere stands to the right of where it leads. The same input gives the same layout. */
export function layOut(
  boxes: readonly Box[],
  lines: readonly { readonly from: string; readonly to: string }[],
): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'RL', nodesep: 10, ranksep: 56, marginx: MARGIN, marginy: MARGIN });
  for (const { key, width, height } of boxes) graph.setNode(key, { width, height });
  lines.forEach(({ from, to }, index) => graph.setEdge(from, to, {}, String(index)));
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number };
  return {
    width,
    height,
    boxes: new Map(
      boxes.map(({ key }) => {
        const { x = 0, y = 0 } = graph.node(key) as { readonly x?: number; readonly y?: number };
        return [key, { x, y }];
      }),
    ),
    lines: lines.map(({ from, to }, index) => {
      const edge = graph.edge(from, to, String(index)) as {
        readonly points?: readonly { readonly x: number; readonly y: number }[];
      };
      return (edge.points ?? []).map(({ x, y }) => ({ x, y }));
    }),
  };
}
