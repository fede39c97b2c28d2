import { descendants, type Node } from '../ast/node.ts';
import { chain } from './chain.ts';
import { countRounds, isCounted, stillCounting } from './countedExits.ts';
import type { Ast } from '../ast/readAst.ts';
import type { Block, Cfg, Instruction } from '../flow/cfg.ts';
import { lower } from '../flow/lower.ts';
import { convert } from './arithmetic.ts';
import { branch, compareNumbers, headerConstant, type Branches } from './branch.ts';
import { sizeOf } from './ctypes.ts';
import { effortOf } from './effort.ts';
import { checkStack } from './allocate.ts';
import { changeUnseen } from './calls.ts';
import { reportEndless, type Rounds } from './endless.ts';
import { evaluate, locate } from './evaluate.ts';
import { idleRound, reportIdle, type IdleRound } from './idleRounds.ts';
import { initialiseWith } from './initialise.ts';
import { joinStates, type FreeSymbols } from './join.ts';
import { constantLinear, scaleLinear } from './linear.ts';
import { checkRound } from './leaks.ts';
import { leavingArgument } from './leavingArguments.ts';
import { noteLocks } from './locks.ts';
import { limitsIn, NO_LIMITS } from './limits.ts';
import { inOrderOfLoops, loopsOf } from './loops.ts';
import { isMacroHead, placeOfObject } from './places.ts';
import { isInput } from './models.ts';
import { checkCounter } from './narrowCounter.ts';
import { quietFrame, type Flow, type Frame, type Run, type Unit } from './run.ts';
import { checkStalled } from './stalled.ts';
import { State, type Value } from './state.ts';
import { reduce, reduceApart } from './reduce.ts';
import { declareVariable, globalPlace, hasModifier, isShadowing } from './variables.ts';
import type { TypeTable } from './typeTable.ts';

/** Ways out of a function that are kept apart while there are others to come. */
const MAX_ENDS = 20;
/** Rounds of widening after which a loop is given up; with little effort all rounds of the loops around it count. */
const MAX_WIDENINGS = 20;
interface LoopProgress extends Rounds {
  rounds: number;
  open: number;
  widenings: number;
  stored: State | undefined;
  /** Symbols of `stored` that stand for what all rounds have in common. */
  free: FreeSymbols | undefined;
  /** The paths that have come to a loop which only counts. */
  first: readonly State[];
}

/** Runs the paths through a control-flow graph; what reaches the end. */
export function explore(frame: Frame, flow: Flow, begin: readonly State[]): State[] {
  const { run } = frame;
  const { cfg, loops, around } = flow;
  const pending = new Map<number, State[]>([[cfg.entry, [...begin]]]);
  const progress = new Map<number, LoopProgress>();
  const returnKey = `${frame.id}:returned`;
  let ends: State[] = [];
  /** Ways on which nothing changes, with a path that goes there. */
  const idles = new Map<IdleRound, State>();
  const left = new Set<number>();
  /** A path leaves the loops around a block, all but those that it stays in. */
  const leaveLoops = (from: number, to?: number): void => {
    for (const head of around.get(from) ?? NO_BLOCKS) {
      const each = to !== undefined && loops.get(head)?.has(to) ? undefined : progress.get(head);
      if (each === undefined) continue;
      each.isLeft = true;
      left.add(head);
    }
  };
  const push = (to: number, state: State, from: number): void => {
    leaveLoops(from, to);
    const head = loops.get(to);
    // A loop that is entered anew begins anew; with little effort it goes on from what all of its rounds have in common.
    if (head !== undefined && !head.has(from) && effortOf(run).openRounds > 0) {
      const before = progress.get(to);
      if (before !== undefined) reportEndless(frame, flow, new Map([[to, before]]));
      progress.delete(to);
    }
    const idle = loops.size > 0 ? idleRound(frame, flow, from, to) : undefined;
    if (idle !== undefined && idles.get(idle)?.doubtful !== false) idles.set(idle, state.fork());
    if (head?.has(from) === true && run.world.heap.length > 0)
      checkRound(frame, state, declaredIn(cfg, head));
    const waiting = pending.get(to);
    if (waiting === undefined) pending.set(to, [state]);
    else waiting.push(state);
  };
  for (;;) {
    const id = nextBlock(pending, flow);
    if (id === undefined) break;
    let states: readonly State[] = pending.get(id) ?? [];
    pending.delete(id);
    const block = cfg.blocks[id];
    if (block === undefined) continue;
    if (ends.length > 2 * MAX_ENDS) ends = reduce(run.world, ends, MAX_ENDS);
    if (id === cfg.exit) {
      ends.push(...states);
      continue;
    }
    const loop = loops.get(id);
    if (loop !== undefined) {
      const at = progress.get(id) ?? newProgress(run.ended);
      progress.set(id, at);
      at.rounds++;
      // Later rounds may rest on what no run does.
      if (at.entered?.doubtful !== false) at.entered = states[0];
      if (at.rounds === 1 && isCounted(frame, flow, id)) at.first = states.map((each) => each.fork());
      states = stillCounting(frame, flow, id, at.first, atHead(frame, at, states, flow.limits));
    } else states = reduceApart(run.world, states, effortOf(run).paths);
    const lost = (): void => {
      leaveLoops(id);
    };
    let wasDoubtful = false;
    const opened = (before: State, stays: number, leaves: number): void => {
      for (const head of around.get(id) ?? NO_BLOCKS) {
        const blocks = loops.get(head);
        if (blocks?.has(stays) !== true || blocks.has(leaves)) continue;
        const each = progress.get(head);
        if (each !== undefined) each.open++;
        if (each?.stored !== undefined && head === id && each.first.length > 0) {
          // All runs that come here leave the loop at some time.
          before.doubtful = wasDoubtful;
          countRounds(frame, flow, id, each.first, before);
        }
        // Whoever wrote the loop may know that it always runs; that there is something to read, nobody knows.
        if (each?.rounds === 1 && each.stored === undefined && !asksOutside(run, block))
          before.doubtful = true;
      }
    };
    for (const state of states) {
      const all = runBlock(frame, block, state, returnKey);
      if (all.length === 0) lost();
      for (const after of all) {
        if (after.slots.size > 0 && after.slots.get(returnKey) !== undefined) {
          lost();
          after.setSlot(returnKey, undefined);
          if (frame.macros > 0) after.setSlot(returnKey, RETURNED);
          ends.push(after);
          continue;
        }
        wasDoubtful = after.doubtful;
        follow(frame, cfg, block, after, push, lost, opened);
      }
    }
  }
  reportEndless(frame, flow, progress);
  for (const [idle, state] of idles) if (left.has(idle.head)) reportIdle(frame, idle, state);
  return reduce(run.world, ends, effortOf(run).paths);
}

/** Whether a condition reads from outside: that it fails at once is a way that the program has. */
function asksOutside(run: Run, { branch: way }: Block): boolean {
  if (way?.is !== 'condition') return false;
  return [...descendants(way.condition)].some((node) => {
    const model = node.kind === 'call' ? run.model(node.part('callee')?.text ?? '') : undefined;
    return model !== undefined && isInput(model);
  });
}

/** Declarations in the blocks of a loop. */
function declaredIn({ blocks }: Cfg, loop: ReadonlySet<number>): ReadonlySet<Node> {
  const known = declarations.get(loop);
  if (known !== undefined) return known;
  const declared = new Set<Node>();
  for (const id of loop)
    for (const instruction of blocks[id]?.instructions ?? [])
      if (instruction.op === 'evaluate' && instruction.node.kind === 'variable')
        declared.add(instruction.node);
  declarations.set(loop, declared);
  return declared;
}

const declarations = new WeakMap<ReadonlySet<number>, ReadonlySet<Node>>();

function newProgress(ended: number): LoopProgress {
  return {
    rounds: 0,
    open: 0,
    widenings: 0,
    stored: undefined,
    free: undefined,
    first: [],
    entered: undefined,
    isLeft: false,
    ended,
  };
}

const NO_BLOCKS: readonly number[] = [];
const RETURNED = { is: 'unknown' } as const;

/** The first in the order of the code; the head of a loop waits until all paths of the round have come back to it. */
function nextBlock(pending: ReadonlyMap<number, unknown>, { position, loops }: Flow): number | undefined {
  let best: number | undefined;
  let order = Infinity;
  for (const id of pending.keys()) {
    const place = position.get(id) ?? 0;
    if (place >= order) continue;
    const blocks = loops.get(id);
    if (blocks !== undefined && hasOther(pending, blocks, id)) continue;
    [best, order] = [id, place];
  }
  return best;
}

function hasOther(pending: ReadonlyMap<number, unknown>, blocks: ReadonlySet<number>, head: number): boolean {
  for (const id of pending.keys()) if (id !== head && blocks.has(id)) return true;
  return false;
}

/** What goes on at the head of a loop: each path, or what all rounds have in common once there were many. */
function atHead(
  frame: Frame,
  at: LoopProgress,
  states: readonly State[],
  limits: readonly number[],
): State[] {
  const { world } = frame.run;
  const { heads, openRounds, rounds } = effortOf(frame.run);
  if (at.stored === undefined && at.open < openRounds && at.rounds < rounds)
    return reduce(world, states, heads);
  const [joined] = reduce(world, states, 1);
  if (joined === undefined) return [];
  if (at.stored === undefined) {
    if (openRounds === 0) at.widenings = 1;
    at.stored = joined;
    return [joined.fork()];
  }
  if (at.widenings > MAX_WIDENINGS) {
    frame.run.incomplete = true;
    return [];
  }
  const { state, changed, free } = joinStates(world, at.stored, joined, {
    free: at.free,
    widen: at.widenings === 0 ? undefined : at.widenings < 3 ? limits : [],
  });
  at.widenings++;
  if (!changed) return [];
  const before = at.stored;
  at.stored = state;
  at.free = free();
  // What this very round has freed is only perhaps freed in what all rounds have in common: one more round is taken with it.
  const freed = states.find((each) => isFreedAnew(before, each));
  return freed === undefined ? [state.fork()] : [state.fork(), freed];
}

/** A round has freed what was there before it. */
function isFreedAnew(before: State, after: State): boolean {
  let isFreed = false;
  State.differentObjects(before, after, (_id, memory, other) => {
    if (memory?.life === 'live' && other?.life === 'freed') isFreed = true;
  });
  return isFreed;
}

function follow(
  frame: Frame,
  { blocks }: Cfg,
  block: Block,
  state: State,
  push: (to: number, state: State, from: number) => void,
  lost: () => void,
  opened: (left: State, stays: number, leaves: number) => void,
): void {
  const { branch: way } = block;
  if (way?.is === 'condition') {
    const { yes, no } = isMacroHead(frame, way.condition)
      ? passMacroHead(frame, state, way.condition)
      : branch(frame, state, way.condition);
    if (yes.length > 0 && no.length > 0) {
      for (const each of no) opened(each, way.yes, way.no);
      for (const each of yes) opened(each, way.no, way.yes);
    }
    if (yes.length === 0 && no.length === 0) lost();
    for (const each of yes) push(way.yes, each, block.id);
    for (const each of no) push(way.no, each, block.id);
    return;
  }
  if (way?.is === 'switch') {
    const value = state.slots.get(`${frame.id}:${way.value.index}`);
    let rest = [state];
    for (const { patterns, block: to } of way.cases) {
      for (const pattern of patterns) {
        const constant = value?.is === 'int' ? frame.unit.types.constant(pattern) : undefined;
        rest = chain(rest, (each) => {
          const isSame = value && isSameConstant(frame, each, value, pattern);
          if (isSame === true) push(to, each, block.id);
          if (isSame !== undefined) return isSame ? [] : [each];
          if (constant === undefined || value?.is !== 'int') {
            push(to, each.fork(), block.id);
            return [each];
          }
          const { yes, no } = compareNumbers(frame, each, '==', value.of, constantLinear(constant));
          for (const chosen of yes) push(to, chosen, block.id);
          return [...no];
        });
      }
    }
    for (const each of rest) push(way.otherwise, each, block.id);
    return;
  }
  const [only, ...others] = block.next;
  for (const to of others) push(to, state.fork(), block.id);
  if (only !== undefined) push(only, state, block.id);
  else if (blocks.length > 0) frame.run.incomplete = true;
}

/** `case MODE_SLOW:` where the value is known to be `MODE_FAST`, both of a header; undefined where it is no such constant. */
function isSameConstant(frame: Frame, state: State, value: Value, pattern: Node): boolean | undefined {
  const { world } = frame.run;
  const held = headerConstant(world, state, value);
  if (held === undefined || pattern.kind !== 'identifier') return undefined;
  const [only, second] = evaluate(quietFrame(frame), state.fork(), pattern);
  const other = only && second === undefined ? headerConstant(world, only.state, only.value) : undefined;
  return other === undefined ? undefined : other === held;
}

/** The head of a loop in a macro: it may set each variable that it is given, and go on or not. */
function passMacroHead(frame: Frame, state: State, condition: Node): Branches {
  for (const each of descendants(condition)) {
    if (each !== condition && each.parent?.kind !== ':comma_expression') continue;
    if (each.kind !== 'identifier' && each.kind !== 'member') continue;
    const [located, second] = locate(quietFrame(frame), state, each);
    const place = second === undefined && located?.state === state ? located.place : undefined;
    const isScalar = place?.type.is === 'int' || place?.type.is === 'pointer';
    if (place !== undefined && isScalar) changeUnseen(frame, state, place, each);
  }
  return { yes: [state.fork()], no: [state] };
}

function runBlock(frame: Frame, block: Block, begin: State, returnKey: string): State[] {
  let states = [begin];
  for (const instruction of block.instructions) {
    if (
      block.branch?.is === 'condition' &&
      instruction.op === 'evaluate' &&
      instruction.node === block.branch.condition
    )
      continue;
    states = chain(states, (state) =>
      state.slots.size > 0 && state.slots.get(returnKey) !== undefined
        ? [state]
        : runInstruction(frame, state, instruction),
    );
    if (states.length > 1) states = reduce(frame.run.world, states, effortOf(frame.run).paths);
  }
  return states;
}

function runInstruction(frame: Frame, state: State, instruction: Instruction): State[] {
  switch (instruction.op) {
    case 'evaluate':
      return runStatement(frame, state, instruction.node);
    case 'result':
      return returnFrom(frame, state, frame, instruction.value, instruction.node);
    case 'hold':
      // In a loop its place still has the value of the round before.
      state.setSlot(`${frame.id}:${instruction.slot}`, undefined);
      return evaluate(frame, state, instruction.value).map((each) => {
        each.state.setSlot(`${frame.id}:${instruction.slot}`, each.value);
        return each.state;
      });
    default:
      return [state];
  }
}

/** @param where the value is evaluated */
function returnFrom(
  frame: Frame,
  state: State,
  where: Frame,
  value: Node | undefined,
  statement: Node,
): State[] {
  // A `return` inside of a macro returns from the function that uses it.
  const done = (at: State): State => {
    noteLocks(frame, at, statement);
    if (frame.macros > 0) at.setSlot(`${frame.id}:returned`, RETURNED);
    return at;
  };
  if (value === undefined) return [done(state)];
  const to = frame.code?.returns;
  return chain(evaluate(where, state, value), (each) =>
    (to === undefined ? [each] : convert(frame, each.state, each.value, each.type, to, value)).map(
      (result) => {
        result.state.setSlot(`${frame.id}:return`, result.value);
        return done(result.state);
      },
    ),
  );
}

function runStatement(frame: Frame, state: State, node: Node): State[] {
  const leaving = leavingArgument(frame, node);
  if (leaving !== undefined) {
    const { by, node: value, frame: where } = leaving;
    if (by === 'return') return returnFrom(frame, state, where, value.text === by ? undefined : value, node);
    // Where it goes on is not followed.
    frame.run.ended++;
    return [];
  }
  if (node.kind === 'variable') return runDeclaration(frame, state, node);
  if (
    node.kind === 'function' ||
    node.kind === 'class' ||
    node.kind.startsWith(':type_definition') ||
    node.kind.startsWith(':preproc')
  )
    return [state];
  checkStalled(frame, state, node);
  checkCounter(frame, state, node);
  return evaluate(frame, state, node).map((each) => each.state);
}

function runDeclaration(frame: Frame, state: State, node: Node): State[] {
  const { run } = frame;
  // An enumerator is made by the compiler: no run divides in `enum { sizes_agree = 1 / (a == b) }`.
  if (hasModifier(node, 'extern') || node.parent?.kind === 'class') return [state];
  if (hasModifier(node, 'static')) {
    globalPlace(frame, state, node);
    return [state];
  }
  const type = frame.unit.types.ofDeclaration(node);
  const size =
    node.part('type')?.kind === 'arrayType' && type.is === 'array' && type.length === undefined
      ? node.part('type')?.part('size')
      : undefined;
  if (size !== undefined && type.is === 'array') {
    const element = sizeOf(type.of);
    return evaluate(frame, state, size).map((result) => {
      const { value } = result;
      // Of a size that is not seen nothing is said, not even that it may be too small.
      const isSeen =
        value.is === 'int' &&
        value.of.terms.every(({ symbol }) => run.world.symbols[symbol]?.kind !== 'foreign');
      const bytes = isSeen && element !== undefined ? scaleLinear(value.of, element) : undefined;
      if (bytes !== undefined) checkStack(frame, result.state, bytes, size);
      declareVariable(frame, result.state, node, { is: 'uninitialized' }, bytes);
      return result.state;
    });
  }
  const value = node.part('value');
  // `int n = n;` tells compilers that whoever wrote it answers for `n`; where there is an outer `n`, that one was meant.
  const isVouchedFor =
    value?.kind === 'identifier' && value.text === node.part('target')?.text && !isShadowing(frame, node);
  const object = declareVariable(frame, state, node, { is: isVouchedFor ? 'unknown' : 'uninitialized' });
  if (object === undefined || value === undefined || isVouchedFor) return [state];
  return initialiseWith(frame, state, placeOfObject(object, type), value);
}

/** Runs statements that stand in no function of the file: the body of a macro. */
export function exploreBody(frame: Frame, begin: readonly State[], body: Node, ast: Ast): State[] {
  let graph = graphs.get(body);
  if (graph === undefined) graphs.set(body, (graph = graphOf(ast, body)));
  return explore(frame, flowIn(graph, body, frame.unit.types), begin);
}

type Graph = Omit<Flow, 'limits' | 'limitedBy'>;

/** Of bodies of macros, which are used again and again, and which no edit moves. */
const graphs = new WeakMap<Node, Graph>();

export function flowOf({ ast, types, functionNamed }: Unit, body: Node): Flow {
  return flowIn(graphOf(ast, body), body, types, functionNamed);
}

function graphOf(ast: Ast, body: Node): Graph {
  const cfg = lower(ast, body, false);
  const loops = loopsOf(cfg);
  const held = new Set(cfg.held);
  for (const { instructions } of cfg.blocks)
    for (const instruction of instructions) if (instruction.op === 'hold') held.add(instruction.slot);
  const around = new Map<number, number[]>();
  for (const [head, blocks] of loops) {
    for (const id of blocks) {
      const heads = around.get(id);
      if (heads === undefined) around.set(id, [head]);
      else heads.push(head);
    }
  }
  return {
    cfg,
    loops,
    around,
    position: new Map(inOrderOfLoops(cfg, loops).map((id, index) => [id, index])),
    held,
  };
}

function flowIn(
  { cfg, loops, around, position, held }: Graph,
  body: Node,
  types: TypeTable,
  functionNamed?: Unit['functionNamed'],
): Flow {
  const limits = loops.size === 0 ? NO_LIMITS : limitsIn(body, types, functionNamed);
  return { cfg, loops, around, position, ...limits, held };
}
