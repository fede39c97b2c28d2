import type { Node } from '../ast/node.ts';

/** One step of a function. */
export type Instruction =
  /** The expression or simple statement is evaluated; `holds`: what follows runs only where it is true. */
  | { readonly op: 'evaluate'; readonly node: Node; readonly holds?: true }
  /** The names in `target` get the value of `value`, or of an element of it. */
  | {
      readonly op: 'bind';
      readonly target: Node;
      readonly value: Node | undefined;
      readonly element: boolean;
    }
  /** `value` becomes the result of the function; `node` is the statement. */
  | { readonly op: 'result'; readonly node: Node; readonly value: Node | undefined }
  /** `value` becomes that of an expression which is a whole construct. */
  | { readonly op: 'hold'; readonly slot: number; readonly value: Node }
  /** What a caught exception carries. */
  | { readonly op: 'caught'; readonly target: Node }
  /** A statement is over. */
  | { readonly op: 'leave'; readonly node: Node };

/** Instructions that run one after the other. */
export interface Block {
  readonly id: number;
  readonly instructions: Instruction[];
  /** Blocks that may run next. */
  readonly next: number[];
  /** Blocks that run when an instruction fails. */
  readonly handlers: readonly number[];
  /** What decides between the next blocks, where that is a condition or a value. */
  branch: Branch | undefined;
}

/** Which block runs next. A condition is also the last instruction of its block. */
export type Branch =
  | { readonly is: 'condition'; readonly condition: Node; readonly yes: number; readonly no: number }
  | {
      readonly is: 'switch';
      readonly value: Node;
      /** Without patterns: the default. */
      readonly cases: readonly { readonly patterns: readonly Node[]; readonly block: number }[];
      /** Where no pattern fits. */
      readonly otherwise: number;
    };

/** The control-flow graph of one function. */
export interface Cfg {
  readonly blocks: readonly Block[];
  readonly entry: number;
  readonly exit: number;
  /** Indices of nodes whose value waits in a slot: constructs inside expressions. */
  readonly held: ReadonlySet<number>;
  /** Reachable blocks, each after those before it as far as loops allow. */
  readonly order: readonly number[];
}

/** Slot of what was thrown last. */
export const THROWN = -1;

/** Blocks reachable from the entry in reverse postorder. */
export function orderOf(blocks: readonly Block[], entry: number): number[] {
  const seen = new Set<number>([entry]);
  const order: number[] = [];
  const pending: { readonly id: number; next: number }[] = [{ id: entry, next: 0 }];
  for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
    const block = blocks[top.id];
    const followers = block ? [...block.next, ...block.handlers] : [];
    const follower = followers[top.next++];
    if (follower === undefined) {
      order.push(top.id);
      pending.pop();
    } else if (!seen.has(follower)) {
      seen.add(follower);
      pending.push({ id: follower, next: 0 });
    }
  }
  return order.reverse();
}
