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

/** Blocks so that each loop stands together behind its head: what leads to a block comes before it, but for jumps back. */
export function inOrderOfLoops({ order }: Cfg, loops: Loops): readonly number[] {
  const done = new Set<number>();
  const result: number[] = [];
  const emit = (ids: readonly number[], around: ReadonlySet<number> | undefined): void => {
    for (const id of ids) {
      if (done.has(id)) continue;
      done.add(id);
      result.push(id);
      const blocks = loops.get(id);
      if (blocks !== undefined && blocks !== around)
        emit(
          ids.filter((each) => blocks.has(each)),
          blocks,
        );
    }
  };
  emit(order, undefined);
  return result;
}
