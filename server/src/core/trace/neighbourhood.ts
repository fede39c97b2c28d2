import { endKey, stepsDown, stepsUp, type ChainEnd } from './steps.ts';
import type { TracedLink, TraceGraph } from './traceGraph.ts';

/** A part of the trace that can be drawn. */
export interface Neighbourhood {
  /** Each once, in the order in which they were found. */
  readonly ends: readonly ChainEnd[];
  /** Links between them, each once; `from` and `to` are keys of ends. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly link: TracedLink }[];
  /** Ends that there would be beside these. */
  readonly left: number;
}

/**
 * Everything on the chains through an end: what it leads to, up to the assets, and what leads to it, down to code and tests. The nearest come
 * first; what is beyond `most` is counted.
 */
export function chainAround(graph: TraceGraph, start: ChainEnd, most: number): Neighbourhood {
  const found = new Map<string, ChainEnd>([[endKey(start), start]]);
  let left = 0;
  const queue: { end: ChainEnd; up: boolean; down: boolean }[] = [{ end: start, up: true, down: true }];
  for (const { end, up, down } of queue) {
    for (const direction of ['up', 'down'] as const) {
      if (!(direction === 'up' ? up : down)) continue;
      const steps = direction === 'up' ? stepsUp(graph, end) : stepsDown(graph, end);
      for (const step of steps) {
        const key = endKey(step.end);
        if (found.has(key)) continue;
        if (found.size >= most) {
          left++;
          continue;
        }
        found.set(key, step.end);
        queue.push({ end: step.end, up: direction === 'up', down: direction === 'down' });
      }
    }
  }
  return { ends: [...found.values()], links: linksBetween(graph, found), left };
}

/** The whole trace, with code, in the order of the items; what is beyond `most` is counted. */
export function wholeTrace(graph: TraceGraph, most: number): Neighbourhood {
  const all = new Map<string, ChainEnd>();
  const add = (end: ChainEnd): void => void all.set(endKey(end), end);
  for (const { item } of graph.items) add({ kind: 'item', id: item.id });
  for (const { from } of graph.links) if (typeof from !== 'string') add({ kind: 'unit', unit: from });
  const found = new Map([...all].slice(0, most));
  return { ends: [...found.values()], links: linksBetween(graph, found), left: all.size - found.size };
}

function linksBetween(graph: TraceGraph, found: ReadonlyMap<string, ChainEnd>): Neighbourhood['links'] {
  return [...found].flatMap(([from, end]) =>
    stepsUp(graph, end).flatMap((step) => {
      const to = endKey(step.end);
      return found.has(to) && to !== from ? [{ from, to, link: step.link }] : [];
    }),
  );
}
