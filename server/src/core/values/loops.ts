import type { Cfg } from '../flow/cfg.ts';
import type { Loops } from './run.ts';

/** The natural loops of a control-flow graph: what runs between a head and the jumps back to it. */
export function loopsOf({ blocks, order }: Cfg): Loops {
  const position = new Map(order.map((id, index) => [id, index]));
  const before = new Map<number, number[]>();
  for (const id of order) {
    for (const to of blocks[id]?.next ?? []) {
      const known = before.get(to);
      if (known === undefined) before.set(to, [id]);
      else known.push(id);
    }
  }
  const loops = new Map<number, Set<number>>();
  for (const id of order) {
    for (const head of blocks[id]?.next ?? []) {
      if ((position.get(head) ?? 0) > (position.get(id) ?? 0)) continue;
      const inside = loops.get(head) ?? new Set([head]);
      loops.set(head, inside);
      const pending = [id];
      for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
        if (inside.has(at)) continue;
        inside.add(at);
        pending.push(...(before.get(at) ?? []));
      }
    }
  }
  return loops;
}
