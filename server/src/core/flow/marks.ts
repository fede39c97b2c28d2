import type { Node } from '../ast/node.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Span } from '../base/range.ts';
import { partitionPoint } from '../base/partition.ts';
import type { TaintInput } from './taint.ts';

/** Entries of a rule that match a node. */
export interface Mark {
  /** Index of the match in the input. */
  readonly match: number;
  /** The node is what was matched, not just a part of it. */
  readonly exact: boolean;
}

export interface NodeMarks {
  readonly sources: Mark[];
  readonly sinks: Mark[];
  readonly sanitizers: Mark[];
  /** Propagators that take from here. */
  readonly from: Mark[];
  /** Propagators that give to here. */
  readonly to: Mark[];
}

export interface Marks {
  /** By the index of the node. */
  readonly byNode: ReadonlyMap<number, NodeMarks>;
  /** Nodes that a propagator's `to` means, by the index of the propagator's match. */
  readonly targets: ReadonlyMap<number, readonly Node[]>;
}

/** Finds the nodes that the matches of a rule mean. */
export function marksOf<Bindings>(input: TaintInput<Bindings>): Marks {
  const byNode = new Map<number, NodeMarks>();
  const targets = new Map<number, readonly Node[]>();
  const add = (role: keyof NodeMarks, node: Node, mark: Mark): void => {
    let marks = byNode.get(node.index);
    if (marks === undefined) {
      marks = { sources: [], sinks: [], sanitizers: [], from: [], to: [] };
      byNode.set(node.index, marks);
    }
    if (!marks[role].some((each) => each.match === mark.match)) marks[role].push(mark);
  };
  const mark = (role: keyof NodeMarks, span: Span, match: number, covering: boolean): readonly Node[] => {
    const nodes = nodesOf(input.ast, span);
    for (const node of nodes) add(role, node, { match, exact: true });
    if (covering) {
      for (const top of nodesWithin(input.ast, span)) {
        const { nodes: all } = input.ast;
        for (let index = top.index; index <= top.last; index++) {
          const node = all[index];
          if (node !== undefined) add(role, node, { match, exact: false });
        }
      }
    }
    return nodes;
  };
  input.sources.forEach((each, match) => mark('sources', each, match, !each.spec.exact));
  input.sinks.forEach((each, match) => mark('sinks', each, match, false));
  input.propagators.forEach((each, match) => {
    mark('from', each.from, match, false);
    targets.set(match, mark('to', each.to, match, false));
  });
  const conflicts = new Set(
    [
      ...input.sources,
      ...input.sinks,
      ...input.propagators,
      ...input.propagators.flatMap(({ from, to }) => [from, to]),
    ].map(({ start, end }) => `${start}-${end}`),
  );
  input.sanitizers.forEach((each, match) => {
    if (each.spec.notConflicting && conflicts.has(`${each.start}-${each.end}`)) return;
    mark('sanitizers', each, match, !each.spec.exact);
  });
  return { byNode, targets };
}

/** The nodes that a range means: those that stand there, or the run of expressions that it is. */
function nodesOf(ast: Ast, span: Span): readonly Node[] {
  const tops = nodesWithin(ast, span);
  const nodes: Node[] = [];
  for (const top of tops) {
    const whole = top.start === span.start && top.end === span.end;
    // Of a run of statements none is the thing itself.
    if (!whole && tops.length > 1 && (top.role === 'statements' || top.role === 'members')) continue;
    let node: Node | undefined = top;
    while (node !== undefined) {
      nodes.push(node);
      node = meantBy(node);
    }
  }
  return nodes;
}

/** A statement of one expression means the expression; a parameter means its name; so does a node that adds nothing around another. */
function meantBy(node: Node): Node | undefined {
  if (node.kind === 'expressionStatement') return node.part('expression');
  if (node.kind === 'parameter') return node.part('target');
  return node.children.find((child) => child.start === node.start && child.end === node.end);
}

/** The nodes of a file in the order of their starts, of equal ones the outer first. */
const byStart = new WeakMap<Ast, readonly Node[]>();

/** The largest nodes that lie within a range, in order. */
function nodesWithin(ast: Ast, { start, end }: Span): readonly Node[] {
  let sorted = byStart.get(ast);
  if (sorted === undefined) {
    sorted = ast.nodes
      .filter((node) => node !== ast.root)
      .sort((a, b) => a.start - b.start || a.index - b.index);
    byStart.set(ast, sorted);
  }
  const within: Node[] = [];
  for (let at = firstFrom(sorted, start); at < sorted.length; at++) {
    const node = sorted[at];
    if (node === undefined || node.start >= end) break;
    if (node.end <= end && node.end > start) within.push(node);
  }
  within.sort((a, b) => a.index - b.index);
  const found: Node[] = [];
  let last = -1;
  for (const node of within) {
    if (node.index <= last) continue;
    found.push(node);
    ({ last } = node);
  }
  return found;
}

/** Position of the first node that starts at an offset or behind it. */
function firstFrom(sorted: readonly Node[], offset: number): number {
  return partitionPoint(sorted.length, (index) => (sorted[index]?.start ?? 0) < offset);
}
