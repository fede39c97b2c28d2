import { descendants, type Node } from '../ast/node.ts';
import type { Unit } from './run.ts';
import type { TypeTable } from './typeTable.ts';

/** Limits that widened numbers stop at, beside what the code compares with. */
const LIMITS: readonly number[] = [-1, 0, 1];

const COMPARISONS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);
/** Further constants are no limits. */
const MAX_COMPARED = 96;
/** Calls in calls that are looked into. */
const MAX_DEPTH = 2;

/**
 * Constants that code compares with, and their neighbours: a loop that runs while `i < 4` ends with 4, and with nothing beyond it. A function
 * that a loop calls may be what keeps a variable of the program, or of a structure, within its limit.
 *
 * @param functionNamed the functions of the unit, as far as calls are looked into
 */
export function limitsIn(
  body: Node,
  types: TypeTable,
  functionNamed?: Unit['functionNamed'],
): readonly number[] {
  const limits = new Set<number>(LIMITS);
  const done = new Set([body]);
  let bodies: Node[] = [body];
  for (let depth = 0; depth <= MAX_DEPTH && bodies.length > 0; depth++) {
    const called: Node[] = [];
    for (const each of bodies) {
      for (const node of descendants(each)) {
        if (node.kind === 'call') {
          const code = functionNamed?.(node.part('callee')?.text ?? '');
          if (code === undefined || done.has(code.body)) continue;
          done.add(code.body);
          called.push(code.body);
        } else if (node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? ''))
          addLimits(limits, node, types);
      }
    }
    bodies = called;
  }
  return [...limits];
}

function addLimits(limits: Set<number>, comparison: Node, types: TypeTable): void {
  for (const side of [comparison.part('left'), comparison.part('right')]) {
    const value = side && types.constant(side);
    if (value === undefined || limits.size >= MAX_COMPARED) continue;
    for (const near of [value - 1, value, value + 1]) limits.add(near);
  }
}
