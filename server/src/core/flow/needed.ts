import type { Node } from '../ast/node.ts';
import type { Marks } from './marks.ts';
import type { Callable, Program } from './program.ts';

/** Calls between the functions of a file, by the names written: more than there are, never less. */
interface Calls {
  /** By number of the unit: the functions that it may call. */
  readonly from: ReadonlyMap<number, ReadonlySet<number>>;
}

const calls = new WeakMap<Program, Calls>();

/** The function that stands on its own around a function: inner ones are followed with it. */
export function unitOf(program: Program, id: number): number {
  let at: Callable | undefined = program.callables[id];
  while (at?.inner === true) at = program.callables[at.parent];
  return at?.id ?? 0;
}

function callsIn(program: Program): Calls {
  let known = calls.get(program);
  if (known !== undefined) return known;
  const from = new Map<number, Set<number>>();
  for (const node of program.ast.nodes) {
    if (node.kind !== 'identifier') continue;
    const named = [...(program.byName.get(node.text) ?? []), ...(program.accessors.get(node.text) ?? [])];
    const made = program.classes.get(node.text);
    if (named.length === 0 && made === undefined) continue;
    const unit = unitOf(program, program.around[node.index] ?? 0);
    let targets = from.get(unit);
    if (targets === undefined) {
      targets = new Set();
      from.set(unit, targets);
    }
    for (const target of named) targets.add(unitOf(program, target.id));
    if (made === undefined) continue;
    const primary = program.byNode.get(made.index);
    if (primary !== undefined) targets.add(primary.id);
    for (const name of ['constructor', '__init__', 'init', 'new']) {
      for (const target of program.byName.get(name) ?? []) targets.add(unitOf(program, target.id));
    }
  }
  known = { from };
  calls.set(program, known);
  return known;
}

/**
 * Functions that may matter: those with a source or sink, those that call them, and what all these call.
 *
 * @param calls of functions of other files with sources or sinks
 */
export function neededOf(program: Program, marks: Marks, calls: readonly Node[] = []): ReadonlySet<number> {
  const needed = new Set(calls.map((call) => unitOf(program, program.around[call.index] ?? 0)));
  for (const [index, { sources, sinks }] of marks.byNode) {
    if (sources.length === 0 && sinks.length === 0) continue;
    const own = program.ast.nodes[index];
    const around = program.around[index] ?? 0;
    needed.add(unitOf(program, own === undefined ? around : (program.byNode.get(own.index)?.id ?? around)));
    needed.add(unitOf(program, around));
  }
  const { from } = callsIn(program);
  const into = new Map<number, number[]>();
  for (const [caller, targets] of from) {
    for (const target of targets) into.set(target, [...(into.get(target) ?? []), caller]);
  }
  spread(needed, (id) => into.get(id) ?? []);
  spread(needed, (id) => from.get(id) ?? []);
  return needed;
}

function spread(set: Set<number>, next: (id: number) => Iterable<number>): void {
  const pending = [...set];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    for (const each of next(id)) {
      if (set.has(each)) continue;
      set.add(each);
      pending.push(each);
    }
  }
}

/** The functions in an order in which those that are called come before their callers, as far as recursion allows. */
export function calleesFirst(program: Program, needed: ReadonlySet<number>): readonly number[] {
  const { from } = callsIn(program);
  const order: number[] = [];
  const seen = new Set<number>();
  for (const root of [...needed].sort((a, b) => a - b)) {
    if (seen.has(root)) continue;
    seen.add(root);
    const pending = [{ id: root, next: [...(from.get(root) ?? [])], at: 0 }];
    for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
      const follower = top.next[top.at++];
      if (follower === undefined) {
        order.push(top.id);
        pending.pop();
      } else if (needed.has(follower) && !seen.has(follower)) {
        seen.add(follower);
        pending.push({ id: follower, next: [...(from.get(follower) ?? [])], at: 0 });
      }
    }
  }
  return order;
}
