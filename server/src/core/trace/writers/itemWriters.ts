import type { Outcome } from '../../base/problem.ts';
import type { Item } from '../item.ts';
import { writeItemsCsv } from './csv.ts';
import { writeMarkdown } from './markdown.ts';
import { writeNeedsJson } from './needsJson.ts';
import { writeOpenFastTrace } from './openFastTrace.ts';
import { writeReqif } from './reqif.ts';
import { writeTracewardYaml } from './tracewardYaml.ts';

/** Formats that items can be written in. What a format cannot hold is a problem of the outcome. */
export const ITEM_WRITERS = {
  traceward: writeTracewardYaml,
  markdown: writeMarkdown,
  'needs.json': writeNeedsJson,
  reqif: writeReqif,
  csv: writeItemsCsv,
  oft: writeOpenFastTrace,
} as const satisfies Readonly<Record<string, (items: readonly Item[], time?: string) => Outcome<string>>>;

export type WrittenFormat = keyof typeof ITEM_WRITERS;
export const WRITTEN_FORMATS: readonly WrittenFormat[] = [
  'traceward',
  'markdown',
  'needs.json',
  'reqif',
  'csv',
  'oft',
];
