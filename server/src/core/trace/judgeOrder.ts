import { compareText } from '../base/order.ts';
import { carries, downstream } from './coverage.ts';
import type { Node } from './coverage.ts';
import { components } from './cycles.ts';
import { listed, MAX_LISTED } from './linker.ts';

/** In which order items are judged, and what is to be judged again after one of them. Links of code do not matter to it. */
export interface JudgeOrder {
  /** Nodes by index; a group comes after all whose verdicts it reads. Several are in one group where they read each other's. */
  readonly groups: readonly (readonly number[])[];
  /** Position of each node's group. */
  readonly groupOf: Int32Array;
  /** Nodes that read a node's verdict. */
  readonly readers: readonly (readonly number[])[];
  /** Reasons of the nodes that are in a circle of links. */
  readonly circular: ReadonlyMap<number, string>;
}

export function judgeOrder(nodes: readonly Node[]): JudgeOrder {
  const reads = nodes.map((node) => downstream(node).map(({ index }) => index));
  const groups = components(reads).map((members) => [...members].sort((a, b) => a - b));
  const groupOf = new Int32Array(nodes.length);
  groups.forEach((members, at) => members.forEach((index) => (groupOf[index] = at)));
  const readers = nodes.map((): number[] => []);
  reads.forEach((read, reader) => {
    for (const index of new Set(read)) readers[index]?.push(reader);
  });
  return { groups, groupOf, readers, circular: circularReasons(nodes) };
}

function circularReasons(nodes: readonly Node[]): ReadonlyMap<number, string> {
  const circles = components(
    nodes.map((node) =>
      node.outgoing.flatMap((edge) =>
        edge.target === undefined || !carries(edge) ? [] : [edge.target.index],
      ),
    ),
  );
  const reasons = new Map<number, string>();
  for (const members of circles) {
    const ids = members.map((index) => nodes[index]?.item.id ?? '').sort(compareText);
    for (const index of members) {
      const node = nodes[index];
      if (node === undefined) continue;
      if (members.length > 1) {
        const others = ids.slice(0, MAX_LISTED + 1).filter((id) => id !== node.item.id);
        const named = listed(
          others.map((id) => `\`${id}\``),
          ids.length - 1,
        );
        reasons.set(index, `Its links lead back to it through ${named}.`);
      } else if (node.outgoing.some((edge) => edge.target === node && carries(edge))) {
        reasons.set(index, 'It links to itself.');
      }
    }
  }
  return reasons;
}
