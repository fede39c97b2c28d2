import type { Problem } from '../base/problem.ts';
import type { TracedLink, TraceGraph } from '../trace/traceGraph.ts';

/** A tag of a whole file stands in its head: up to this line. */
const HEAD = 40;

/** Tags that bind to the whole file although they stand far down in it, among functions that carry tags of their own. */
export function tagLints({ linksByPath }: TraceGraph): readonly Problem[] {
  return [...linksByPath].flatMap(([path, links]) => {
    if (!links.some((link) => unitKind(link) === 'function')) return [];
    return links
      .filter((link) => unitKind(link) === 'file' && link.location.range.start.line >= HEAD)
      .map((link): Problem => ({
        code: 'TR08',
        severity: 'information',
        message: `This tag of \`${link.to}\` stands in no function and before none, so it counts for the whole file: put it directly before the code that it is about.`,
        path,
        range: link.location.range,
      }));
  });
}

function unitKind({ from }: TracedLink): string | undefined {
  return typeof from === 'string' ? undefined : from.kind;
}
