import assert from 'node:assert/strict';

import type { TextFormat } from '../../../server/src/core/trace/formats.ts';
import type { Item } from '../../../server/src/core/trace/item.ts';
import type { SourceSettings } from '../../../server/src/core/trace/sources.ts';
import type { TraceGraph } from '../../../server/src/core/trace/traceGraph.ts';
import { brief, problemLines, readFiles } from './reading.ts';

/** A model as it was read. */
interface Reading {
  readonly items: readonly Item[];
  readonly problems: readonly string[];
  readonly messages: readonly string[];
  readonly graph: TraceGraph;
  readonly shown: readonly string[];
  readonly item: (id: string) => Item;
}

/** Reads a model and shows it. */
export const read = (format: TextFormat, text: string, settings: Partial<SourceSettings> = {}): Reading => {
  const { items, problems, graph } = readFiles(format, { 'm.json': text }, settings);
  return {
    items,
    problems: problemLines(problems),
    messages: problems.map(({ message }) => message),
    graph,
    shown: items.map((item) => `${item.kind} ${brief(item)}`),
    item: (id: string): Item => {
      const found = items.find((each) => each.id === id);
      assert.ok(found, id);
      return found;
    },
  };
};
export const json = (value: unknown): string => JSON.stringify(value, undefined, 1);
/** `open approved spoofing: justification` */
export const standing = ({ attributes: { state }, approval, stride, justification }: Item): string =>
  `${typeof state === 'string' ? state : ''} ${approval} ${stride.join(',')}${justification === undefined ? '' : `: ${justification}`}`;
