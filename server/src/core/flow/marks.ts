import type { Node } from '../ast/node.ts';
import type { Span } from '../base/range.ts';
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
  const { root } = input.ast;
  const add = (role: keyof NodeMarks, node: Node, mark: Mark): void => {
    let marks = byNode.get(node.index);
    if (marks === undefined) {
      marks = { sources: [], sinks: [], sanitizers: [], from: [], to: [] };
      byNode.set(node.index, marks);
    }
    if (!marks[role].some((each) => each.match === mark.match)) marks[role].push(mark);
  };
  const mark = (role: keyof NodeMarks, span: Span, match: number, covering: boolean): readonly Node[] => {
    const nodes = nodesOf(root, span);
    for (const node of nodes) add(role, node, { match, exact: true });
    if (covering) {
      for (const top of nodesWithin(root, span)) {
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
function nodesOf(root: Node, span: Span): readonly Node[] {
  const tops = nodesWithin(root, span);
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

/** The largest nodes that lie within a range, in order. */
function nodesWithin(root: Node, { start, end }: Span): readonly Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (node.end <= start || node.start >= end) return;
    if (node.start >= start && node.end <= end && node !== root) found.push(node);
    else for (const child of node.children) visit(child);
  };
  visit(root);
  return found;
}
