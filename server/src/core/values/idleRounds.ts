import { descendants, type Node } from '../ast/node.ts';
import type { Block, Cfg } from '../flow/cfg.ts';
import { isOwn } from './endless.ts';
import type { Effect } from './models.ts';
import { isMacroHead } from './places.ts';
import { reportAt, type Flow, type Frame, type Loops } from './run.ts';
import { changedBy, loopAround } from './stalled.ts';
import type { State } from './state.ts';

/** A way through a loop on which nothing changes. */
export interface IdleRound {
  /** The block at which the loop begins. */
  readonly head: number;
  /** What was asked last on the way. */
  readonly condition: Node;
}

/**
 * A path comes back to the head of a loop and has changed nothing on its way: all rounds that follow go the same way. `continue` where the step stands
 * behind it.
 */
export function idleRound(
  frame: Frame,
  { cfg, loops }: Flow,
  from: number,
  to: number,
): IdleRound | undefined {
  // Of other files, and of macros, their own analysis speaks.
  if (frame.border !== undefined || frame.macros > 0) return undefined;
  return idleWays(cfg, loops, frame).get(wayKey(from, to));
}

/** Reports a way on which nothing changes, of a loop that others leave: of one that none leaves `reportEndless` speaks. */
export function reportIdle(frame: Frame, { condition }: IdleRound, state: State): void {
  const detail = 'on this way through the loop nothing changes, so that each round is the same';
  reportAt(frame, state, condition, 'endless-loop', 'proved', detail);
}

/** Jumps back to the head of a loop before which no way through it changes anything, with what was asked last. */
function idleWays(cfg: Cfg, loops: Loops, frame: Frame): ReadonlyMap<string, IdleRound> {
  const known = ways.get(cfg);
  if (known !== undefined) return known;
  const found = new Map<string, IdleRound>();
  const acting = new Set(cfg.blocks.filter((block) => !isIdle(frame, block)).map(({ id }) => id));
  for (const [head, blocks] of loops) {
    const way = cfg.blocks[head]?.branch;
    // The step stands in the macro.
    if (way?.is === 'condition' && isMacroHead(frame, way.condition)) continue;
    const behind = behindActing(cfg, blocks, head, acting);
    // A loop that does nothing at all waits, or counts what it holds in its condition.
    if (behind.size === 0) continue;
    const asked = lastAsked(cfg, blocks, head);
    const isEnd = (id: number): boolean => id === head || leadsOnlyTo(cfg, id, head);
    for (const from of blocks) {
      if (behind.has(from) || isEnd(from)) continue;
      const to = cfg.blocks[from]?.next.find((each) => blocks.has(each) && isEnd(each));
      const condition = asked.get(from);
      if (to !== undefined && condition !== undefined) found.set(wayKey(from, to), { head, condition });
    }
  }
  ways.set(cfg, found);
  return found;
}

const ways = new WeakMap<Cfg, ReadonlyMap<string, IdleRound>>();

function wayKey(from: number, to: number): string {
  return `${from} ${to}`;
}

/** The step of a `while`, where all ways through the loop come together, and the ends of branches before it: nothing happens there. */
function leadsOnlyTo({ blocks }: Cfg, from: number, head: number): boolean {
  let at: number | undefined = from;
  for (let steps = 0; at !== undefined && at !== head && steps < MAX_ENDS; steps++) {
    const block: Block | undefined = blocks[at];
    if (block?.next.length !== 1 || !block.instructions.every(({ op }) => op === 'leave')) return false;
    [at] = block.next;
  }
  return at === head;
}

/** Branches in branches whose ends are looked through. */
const MAX_ENDS = 20;

/** The blocks of a loop that change something, and all that are reached from them within one round. */
function behindActing(
  { blocks }: Cfg,
  inside: ReadonlySet<number>,
  head: number,
  acting: ReadonlySet<number>,
): ReadonlySet<number> {
  const behind = new Set([...inside].filter((id) => acting.has(id)));
  // A set is walked with what is added on the way.
  for (const id of behind)
    for (const next of blocks[id]?.next ?? []) if (next !== head && inside.has(next)) behind.add(next);
  return behind;
}

/** The condition that stands last among those that were asked on the ways to each block of a loop. */
function lastAsked({ blocks }: Cfg, inside: ReadonlySet<number>, head: number): ReadonlyMap<number, Node> {
  const asked = new Map<number, Node>();
  const add = (id: number, condition: Node): void => {
    const known = asked.get(id);
    if (known === undefined || known.start < condition.start) asked.set(id, condition);
  };
  // Blocks are made in the order of the text.
  for (const id of [...inside].sort((a, b) => a - b)) {
    const { branch, next } = blocks[id] ?? { branch: undefined, next: [] };
    if (branch?.is === 'condition') add(id, branch.condition);
    const last = asked.get(id);
    if (last === undefined) continue;
    for (const each of next) if (each !== head && inside.has(each)) add(each, last);
  }
  return asked;
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
    if (node.kind !== 'variable') return isUnmoved(frame, node) || isMark(frame, node);
    const value = node.part('value');
    return value !== undefined && isUnmoved(frame, value);
  });
}

/** `found = 1;` of a variable that the loop does nothing with but set it so: the rounds that follow find all as the one before. */
function isMark(frame: Frame, statement: Node): boolean {
  const assignment = statement.kind === 'expressionStatement' ? statement.part('expression') : statement;
  const [target, value] = [assignment?.part('target'), assignment?.part('value')];
  if (assignment?.kind !== 'assign' || target?.kind !== 'identifier' || value === undefined) return false;
  if ((assignment.part('operator')?.text ?? '=') !== '=' || !isOwn(frame, target)) return false;
  if (frame.unit.types.constant(value) === undefined) return false;
  const loop = loopAround(assignment);
  if (loop === undefined) return false;
  return !usedIn(loop).has(target.text);
}

const used = new WeakMap<Node, ReadonlySet<string>>();

/** Names of which a loop does more than to set them. */
function usedIn(loop: Node): ReadonlySet<string> {
  const known = used.get(loop);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const { kind, text, role, parent } of descendants(loop)) {
    const isSet =
      role === 'target' && parent?.kind === 'assign' && (parent.part('operator')?.text ?? '=') === '=';
    if (kind === 'identifier' && !isSet) names.add(text);
  }
  used.set(loop, names);
  return names;
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
