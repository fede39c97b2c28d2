import type { Problem, ProblemSeverity } from '../base/problem.ts';
import { compareText } from '../base/order.ts';
import { compareLocations } from './linker.ts';
import type { Location } from '../base/range.ts';
import { capitalised, kindName } from './item.ts';
import type { LinkStatus, TracedItem, TracedLink } from './traceGraph.ts';

const LINK_SEVERITY: Readonly<Record<Exclude<LinkStatus, 'covered'>, ProblemSeverity>> = {
  orphaned: 'error',
  outdated: 'error',
  predated: 'error',
  ambiguous: 'error',
  unwanted: 'warning',
  suspect: 'warning',
};

/** What users are told about a judged graph: errors for wrong text, warnings for gaps, information for gaps of something further down. */
export function traceProblems(
  items: readonly TracedItem[],
  links: readonly TracedLink[],
): readonly Problem[] {
  const found = [
    ...items.flatMap((item) => {
      const problem = itemProblem(item);
      return problem === undefined ? [] : [problem];
    }),
    ...links.flatMap(({ status, location, reason }) =>
      status === 'covered' ? [] : [at(location, `trace-${status}`, LINK_SEVERITY[status], reason ?? '')],
    ),
  ];
  return found.sort(
    (a, b) => compareLocations(a, b) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
}

/** Whether a code is one of the lints on threat models and risks, which stand beside the problems of the trace itself. */
export function isThreatLint(code: string): boolean {
  return /^(?:TM|TR)\d\d$/.test(code);
}

function itemProblem({
  item,
  status,
  reasons,
  transitive,
  severity,
}: TracedItem): (Problem & Location) | undefined {
  const name = `${capitalised(kindName(item.kind))} \`${item.id}\``;
  switch (status) {
    case 'covered':
    case 'justified':
      return undefined;
    case 'duplicate':
      return at(
        item.location,
        'trace-duplicate',
        'error',
        `${name} needs an id of its own. ${reasons.join(' ')}`,
      );
    case 'cycle':
      return at(
        item.location,
        'trace-cycle',
        'error',
        `${name} is part of a circle. ${reasons.join(' ')} Remove one link.`,
      );
    case 'uncovered':
      return transitive
        ? at(
            item.location,
            'trace-transitive',
            'information',
            `${name} is not covered all the way. ${reasons.join(' ')}`,
          )
        : at(item.location, 'trace-uncovered', severity, `${name} is not covered. ${reasons.join(' ')}`);
    case 'unreviewed':
      return at(
        item.location,
        'trace-unreviewed',
        'warning',
        `${name} is to be reviewed. ${reasons.join(' ')}`,
      );
  }
}

function at(
  { path, range }: Location,
  code: string,
  severity: ProblemSeverity,
  message: string,
): Problem & Location {
  return { code, severity, message, path, range };
}
