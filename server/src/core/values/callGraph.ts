import { perFunction } from '../ast/parts.ts';
import type { FunctionCode, Unit } from './run.ts';

/** Names that a function calls, each once. */
export const namesCalledBy = perFunction((nodes): readonly string[] => [
  ...new Set(nodes.flatMap((node) => (node.kind === 'call' ? [node.part('callee')?.text ?? ''] : []))),
]);

/** The functions of the file that a function calls. */
export function calleesOf(unit: Unit, code: FunctionCode): readonly FunctionCode[] {
  return namesCalledBy(unit.ast, code.node).flatMap((name) => unit.functionNamed(name) ?? []);
}

/** Functions that call each other in rings, or themselves: each ring with all its functions. */
export function rings(unit: Unit, functions: readonly FunctionCode[]): readonly ReadonlySet<FunctionCode>[] {
  const order = new Map<FunctionCode, number>();
  const lowest = new Map<FunctionCode, number>();
  const open: FunctionCode[] = [];
  const isOpen = new Set<FunctionCode>();
  const found: ReadonlySet<FunctionCode>[] = [];
  const enter = (code: FunctionCode): { readonly code: FunctionCode; readonly rest: FunctionCode[] } => {
    order.set(code, order.size);
    lowest.set(code, order.size - 1);
    open.push(code);
    isOpen.add(code);
    return { code, rest: [...calleesOf(unit, code)] };
  };
  const lower = (code: FunctionCode, to: number): void => {
    lowest.set(code, Math.min(lowest.get(code) ?? to, to));
  };
  for (const first of functions) {
    if (order.has(first)) continue;
    // The calls on the way down are a list: chains of callers may be longer than the stack has room for.
    const way = [enter(first)];
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const next = top.rest.pop();
      if (next !== undefined) {
        if (!order.has(next)) way.push(enter(next));
        else if (isOpen.has(next)) lower(top.code, order.get(next) ?? 0);
        continue;
      }
      way.pop();
      const below = way.at(-1);
      const least = lowest.get(top.code) ?? 0;
      if (below !== undefined) lower(below.code, least);
      if (least !== order.get(top.code)) continue;
      const ring = new Set<FunctionCode>();
      for (let code = open.pop(); code !== undefined; code = open.pop()) {
        isOpen.delete(code);
        ring.add(code);
        if (code === top.code) break;
      }
      const isRing = ring.size > 1 || calleesOf(unit, top.code).includes(top.code);
      if (isRing) found.push(ring);
    }
  }
  return found;
}
