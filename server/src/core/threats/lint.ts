import type { Problem, ProblemSeverity } from '../base/problem.ts';
import { capitalised, kindName } from '../trace/item.ts';
import type { TracedItem } from '../trace/traceGraph.ts';

/** What is to be told about an item, under the code of a lint. */
export interface Lint {
  readonly code: string;
  readonly severity: ProblemSeverity;
  readonly message: string;
  readonly at: TracedItem;
}

export function problemOf({ code, severity, message, at }: Lint): Problem {
  const { path, range } = at.item.location;
  return { code, severity, message, path, range };
}

/** ``Data flow `F-1` (Dose)`` */
export function named({ item }: TracedItem): string {
  const title = item.title === item.id ? '' : ` (${item.title.slice(0, 60)})`;
  return `${capitalised(kindName(item.kind))} \`${item.id}\`${title}`;
}
