import { readItemFile } from '../../../server/src/core/trace/itemFile.ts';
import { newItem, type Item } from '../../../server/src/core/trace/item.ts';
import { readTags } from '../../../server/src/core/trace/tags.ts';
import { traceGraph } from '../../../server/src/core/trace/tracer.ts';
import type { FileLinks, TraceGraph } from '../../../server/src/core/trace/traceGraph.ts';

export const PREFIXES = ['SR', 'TC'];

/** Items of YAML texts by path; a mistake in them fails the test that wrote them. */
export function itemsOf(files: Readonly<Record<string, string>>): Item[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const { value, problems } = readItemFile(path, text);
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    return [...value];
  });
}

/** Tags of lines of C by path: each line is a comment of the function whose name stands behind it, else of the file. */
export function tagsOf(files: Readonly<Record<string, string>>): FileLinks[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    links: text.split('\n').flatMap((line, at) => {
      const range = { start: { line: at, column: 0 }, end: { line: at, column: line.length } };
      const name = /(\w+)\(\)\s*$/.exec(line)?.[1];
      return readTags({ text: line, range, unit: 0 }, PREFIXES).tags.map((tag) => ({
        unit: {
          path,
          name: name ?? path,
          kind: name === undefined ? ('file' as const) : ('function' as const),
        },
        id: tag.id,
        type: tag.type,
        location: { path, range: tag.range },
        ...(tag.revision !== undefined && { revision: tag.revision }),
      }));
    }),
  }));
}

/** Traces one item file (`items.yaml`) and code files. */
export function traceOf(items: string, code: Readonly<Record<string, string>> = {}): TraceGraph {
  return traceGraph(itemsOf({ 'items.yaml': items }), tagsOf(code));
}

/** `SR-A-1 uncovered: No code implements it.` for every item that is not simply covered. */
export function verdicts(graph: TraceGraph): string[] {
  return graph.items.flatMap(({ item, status, reasons, transitive }) => {
    if (status === 'covered' && reasons.length === 0) return [];
    return [`${item.id} ${transitive ? 'transitively ' : ''}${status}: ${reasons.join(' ')}`];
  });
}

/** `items.yaml:3 error trace-orphaned` for every problem. */
export function problemLines(graph: TraceGraph): string[] {
  return graph.problems.map(
    ({ path, range, severity, code }) =>
      `${path ?? '?'}:${(range?.start.line ?? -1) + 1} ${severity} ${code}`,
  );
}

/** A chain without a gap, for tests that break one thing of it. */
export const WHOLE = `
assets:
  - {id: A-01, title: Dose settings}
threats:
  - {id: T-001, title: Forged dose, stride: [tampering], assets: [A-01]}
risks:
  - {id: R-001, title: Overdose, threats: [T-001], severity: critical, exploitability: high}
controls:
  - {id: C-AUTH-01, title: PIN, category: authentication, mitigates: [T-001, R-001]}
requirements:
  - {id: SR-AUTH-001, title: Ask for a PIN, text: The pump shall ask., category: authentication, derives: [C-AUTH-01]}
tests:
  - {id: TC-AUTH-001, title: Wrong PIN, verifies: [SR-AUTH-001]}
`;

/** Code that goes with {@link WHOLE}. */
export const WHOLE_CODE = {
  'src/auth.c': '/* [SR-AUTH-001] */ check_pin()',
  'test/auth_test.c': '/* [TC-AUTH-001] */ wrong_pin()',
};

/** One of many requirements, by its number, that derives from others. */
export function numberedItem(at: number, parents: readonly number[]): Item {
  const idOf = (number: number) => `SR-${String(number).padStart(6, '0')}`;
  const location = {
    path: 'items.yaml',
    range: { start: { line: at, column: 0 }, end: { line: at, column: 9 } },
  };
  return newItem({
    id: idOf(at),
    kind: 'requirement',
    title: 'x',
    asks: 'kind',
    needs: [{ anyOf: ['code'] }],
    links: parents.map((parent) => ({ type: 'derives', to: idOf(parent), location })),
    origin: { format: 'traceward' },
    location,
  });
}
