import type { Problem } from '../base/problem.ts';
import { CONFIG_FILE } from '../base/configFile.ts';
import { compareText } from '../base/order.ts';
import type { TraceGraph } from '../trace/traceGraph.ts';
import type { FileFacts } from './fileFacts.ts';

/** Whether a workspace has items or tags. */
export function tracesAnything({ items }: TraceGraph, files: Iterable<FileFacts>): boolean {
  if (items.length > 0) return true;
  for (const { tags } of files) if (tags.length > 0) return true;
  return false;
}

/** Says once what `require-tag` rules would say of each function of a workspace that traces nothing. */
export function untracedProblems(files: Iterable<FileFacts>): readonly Problem[] {
  const rules = new Set<string>();
  let count = 0;
  for (const { demands } of files) {
    count += demands.length;
    for (const { ruleId } of demands) rules.add(ruleId);
  }
  if (count === 0) return [];
  const names = [...rules].sort(compareText).join(', ');
  const message =
    `This workspace has no requirements, no tags and no ${CONFIG_FILE}: ${names} would ask for a tag at ${count} ` +
    `${count === 1 ? 'place' : 'places'}. \`traceward init\` begins a trace.`;
  return [{ code: 'nothing-traced', severity: 'information', message }];
}
