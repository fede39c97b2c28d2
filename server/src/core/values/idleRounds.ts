import { descendants, type Node } from '../ast/node.ts';
import type { Block, Cfg } from '../flow/cfg.ts';
import { isOwn } from './endless.ts';
import type { Effect } from './models.ts';
import { reportAt, type Flow, type Frame, type Loops } from './run.ts';
import { changedBy } from './stalled.ts';
import type { State } from './state.ts';

/**
 * A path comes back to the head of a loop and has changed nothing on its way: all rounds that follow go the same way. `continue` where the step stands
 * behind it.
 */
export function checkIdleRound(
  frame: Frame,
  { cfg, loops }: Flow,
  state: State,
  from: number,
  to: number,
): void {
  // Of other files, and of macros, their own analysis speaks.
  if (frame.border !== undefined || frame.macros > 0) return;
  const idle = idleWays(cfg, loops, frame);
  const condition = idle.size === 0 ? undefined : idle.get(wayKey(from, to));
  if (condition === undefined) return;
  const detail = 'on this way through the loop nothing changes, so that each round is the same';
  reportAt(frame, state, condition, 'endless-loop', 'proved', detail);
}

/** Jumps back to the head of a loop before which no way through it changes anything, with what was asked last. */
function idleWays(cfg: Cfg, loops: Loops, frame: Frame): ReadonlyMap<string, Node> {
  const known = ways.get(cfg);
  if (known !== undefined) return known;
  const found = new Map<string, Node>();
  for (const [head, blocks] of loops) {
    const ends = [...blocks].filter((id) => id === head || leadsOnlyTo(cfg.blocks[id], head));
    for (const from of blocks) {
      const to = ends.includes(from) ? undefined : cfg.blocks[from]?.next.find((each) => ends.includes(each));
      if (to === undefined) continue;
      const passed = waysTo(cfg, blocks, head, from);
      // A loop that does nothing at all waits, or counts what it holds in its condition.
      if (passed.length === blocks.size || !passed.every((block) => isIdle(frame, block))) continue;
      const last = passed.flatMap(({ branch }) => (branch?.is === 'condition' ? [branch.condition] : []));
      const [condition] = last.sort((a, b) => b.start - a.start);
      if (condition !== undefined) found.set(wayKey(from, to), condition);
    }
  }
  ways.set(cfg, found);
  return found;
}

const ways = new WeakMap<Cfg, ReadonlyMap<string, Node>>();

function wayKey(from: number, to: number): string {
  return `${from} ${to}`;
}

/** The step of a `while`, where all ways through the loop come together: there is none. */
function leadsOnlyTo(block: Block | undefined, head: number): boolean {
  return block?.instructions.length === 0 && block.next.length === 1 && block.next[0] === head;
}

/** All blocks of a loop from which a block is reached within one round. */
function waysTo({ blocks }: Cfg, inside: ReadonlySet<number>, head: number, to: number): Block[] {
  const passed = new Set([to]);
  for (let grows = true; grows;) {
    grows = false;
    for (const id of inside) {
      if (passed.has(id) || blocks[id]?.next.some((next) => next !== head && passed.has(next)) !== true)
        continue;
      passed.add(id);
      grows = true;
    }
  }
  return [...passed].flatMap((id) => blocks[id] ?? []);
}

/** Asks for nothing but what the function itself holds, and changes nothing that a round before has left. */
function isIdle(frame: Frame, { instructions, handlers }: Block): boolean {
  if (handlers.length > 0) return false;
  return instructions.every((instruction) => {
    if (instruction.op === 'leave') return true;
    // `case 3:`
    if (instruction.op === 'bind') return frame.unit.types.constant(instruction.target) !== undefined;
    if (instruction.op === 'hold') return isUnmoved(frame, instruction.value);
    if (instruction.op !== 'evaluate') return false;
    const { node } = instruction;
    if (node.kind !== 'variable') return isUnmoved(frame, node);
    const value = node.part('value');
    return value !== undefined && isUnmoved(frame, value);
  });
}

function isUnmoved(frame: Frame, root: Node): boolean {
  for (const node of descendants(root)) {
    if (changedBy(node) !== undefined || node.kind.startsWith(':gnu_asm')) return false;
    if (node.kind === 'unary' && node.part('operator')?.text === '&') return false;
    if (node.kind !== 'call') continue;
    const model = frame.run.model(node.part('callee')?.text ?? '');
    const isPlain =
      model?.returns !== undefined && !model.ends && model.does.every(({ is }) => LOOKS.has(is));
    const returned = model?.returns;
    if (!isPlain || returned?.is === 'allocation' || returned?.is === 'descriptor') return false;
    if (returned?.is === 'string' || (returned?.is === 'number' && returned.input === true)) return false;
  }
  return isOwn(frame, root);
}

const LOOKS: ReadonlySet<Effect['is']> = new Set(['reads', 'reads-string', 'needs', 'apart']);
