import { outermostNodeAt } from '../ast/nodeAt.ts';
import type { Node } from '../ast/node.ts';
import { overlaps, type Span } from '../base/range.ts';
import type { TaintInput } from './taint.ts';

/**
 * A literal holds no data of a source: a sink that is one is dropped before any flow is followed. Most formats of `printf` are.
 * Kept where a source or a propagator means the literal, and where what happened before counts.
 */
export function withoutConstantSinks<Bindings>(input: TaintInput<Bindings>): TaintInput<Bindings> {
  const { ast, sources, sinks, propagators, outside } = input;
  if (outside !== undefined || sources.some(({ spec }) => spec.control)) return input;
  const given: readonly Span[] = [...sources, ...propagators.map(({ to }) => to)];
  const possible = sinks.filter((sink) => {
    const node = outermostNodeAt(ast, sink.start, sink.end);
    return node === undefined || !isLiteral(node) || given.some((each) => overlaps(each, sink));
  });
  return possible.length === sinks.length ? input : { ...input, sinks: possible };
}

function isLiteral(node: Node): boolean {
  return (node.kind === 'string' || node.kind === 'number') && node.children.every(isLiteral);
}
