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

export interface Limits {
  readonly limits: readonly number[];
  /** Functions that they were read from, beside the one that they are for. */
  readonly limitedBy: readonly Node[];
}

export const NO_LIMITS: Limits = { limits: [], limitedBy: [] };

/**
 * Constants that code compares with, and their neighbours: a loop that runs while `i < 4` ends with 4, and with nothing beyond it. A function
 * that a loop calls may be what keeps a variable of the program, or of a structure, within its limit.
 *
 * @param functionNamed the functions of the unit, as far as calls are looked into
 */
export function limitsIn(body: Node, types: TypeTable, functionNamed?: Unit['functionNamed']): Limits {
  const limits = new Set<number>(LIMITS);
  const from = new Set<Node>();
  const done = new Set([body]);
  let bodies: Node[] = [body];
  for (let depth = 0; depth <= MAX_DEPTH && bodies.length > 0 && limits.size < MAX_COMPARED; depth++) {
    const called: Node[] = [];
    for (const each of bodies) {
      const { compared, calls } = comparedIn(each, types);
      for (const value of compared) {
        if (limits.size >= MAX_COMPARED) break;
        for (const near of [value - 1, value, value + 1]) limits.add(near);
      }
      for (const name of calls) {
        const code = functionNamed?.(name);
        if (code === undefined || done.has(code.body)) continue;
        done.add(code.body);
        from.add(code.node);
        called.push(code.body);
      }
    }
    bodies = called;
  }
  return { limits: [...limits], limitedBy: [...from] };
}

interface Compared {
  /** Constants that are compared with. */
  readonly compared: ReadonlySet<number>;
  readonly calls: ReadonlySet<string>;
}

/** Read once: a function may be called by many. */
const known = new WeakMap<TypeTable, Map<Node, Compared>>();

function comparedIn(body: Node, types: TypeTable): Compared {
  let ofTypes = known.get(types);
  if (ofTypes === undefined) known.set(types, (ofTypes = new Map<Node, Compared>()));
  let found = ofTypes.get(body);
  if (found === undefined) ofTypes.set(body, (found = readCompared(body, types)));
  return found;
}

function readCompared(body: Node, types: TypeTable): Compared {
  const compared = new Set<number>();
  const calls = new Set<string>();
  for (const node of descendants(body)) {
    if (node.kind === 'call') calls.add(node.part('callee')?.text ?? '');
    else if (node.kind === 'binary' && COMPARISONS.has(node.part('operator')?.text ?? ''))
      for (const side of [node.part('left'), node.part('right')]) {
        const value = side && types.constant(side);
        if (value !== undefined) compared.add(value);
      }
  }
  return { compared, calls };
}
