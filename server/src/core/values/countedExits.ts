import { descendants, type Node } from '../ast/node.ts';
import type { Block, Cfg } from '../flow/cfg.ts';
import { assumeAtMostZero, maximum, minimum, rangeOf } from './constraints.ts';
import { limitsOf, sizeOf, type CType } from './ctypes.ts';
import { evaluate } from './evaluate.ts';
import { integerLiteral } from './literals.ts';
import { addLinear, sameLinear, scaleLinear, subtractLinear, type Linear } from './linear.ts';
import { load, store, type Place } from './places.ts';
import { quietFrame, type Flow, type Frame, type Run, type Unit } from './run.ts';
import { changedBy } from './stalled.ts';
import type { State, Value } from './state.ts';
import { nameOf, stepOf } from './steps.ts';
import { variablePlace } from './variables.ts';

/** A loop that does the same in each round, as often as one number goes up to another one, or down to 0. */
interface CountedLoop {
  readonly counter: Node;
  /** Undefined where it counts down. */
  readonly limit: Node | undefined;
  /** Variables that each round moves, and by how much. */
  readonly moved: ReadonlyMap<Node, number>;
}

/** Whether the loop at a block only counts: then what it is entered with is asked for where it is left. */
export function isCounted(frame: Frame, flow: Flow, head: number): boolean {
  return countedLoop(frame, flow, head) !== undefined;
}

/**
 * Where a loop only counts, all runs that enter it leave it, and each variable that a round moves by as much has moved by so much for each round:
 * behind `for (i = 0; i < n; i++) *to++ = from[i];` the place is `n` bytes further, with the largest `n`, too.
 *
 * @param entered paths that have come to the loop
 * @param left a path that leaves it, after any number of rounds
 */
export function countRounds(
  frame: Frame,
  flow: Flow,
  head: number,
  entered: readonly State[],
  left: State,
): void {
  const loop = countedLoop(frame, flow, head);
  const [first, ...others] = entered;
  const rounds = loop && first && roundsOf(frame, first, loop);
  if (loop === undefined || first === undefined || rounds === undefined) return;
  if (!others.every((each) => isSame(roundsOf(frame, each, loop), rounds))) return;
  // What a round writes through a pointer, or somebody else, may have changed how many there are.
  const limitOf = (state: State): Linear | undefined =>
    loop.limit && linearOf(valueOf(frame, state, loop.limit));
  if (loop.limit !== undefined && !isSame(limitOf(left), limitOf(first))) return;
  const { world } = frame.run;
  for (const { symbol } of rounds.terms) {
    const range = rangeOf(world, left, symbol);
    const isKept = entered.every((each) => {
      const { hi, hiSeen } = rangeOf(world, each, symbol);
      return hiSeen && hi === range.hi;
    });
    if (isKept && !range.hiSeen) left.setRange(symbol, { ...range, hiSeen: true });
  }
  for (const [variable, step] of loop.moved) {
    const before = valueOf(frame, first, variable);
    if (others.every((each) => isSame(linearOf(valueOf(frame, each, variable)), linearOf(before))))
      move(frame, left, variable, before, scaleLinear(rounds, step));
  }
}

/**
 * At the head of a loop that counts down to 0, the number has not gone past it.
 *
 * @returns the paths that are left
 */
export function stillCounting(
  frame: Frame,
  flow: Flow,
  head: number,
  entered: readonly State[],
  states: readonly State[],
): readonly State[] {
  const loop = countedLoop(frame, flow, head);
  if (loop?.limit !== undefined || loop === undefined) return states;
  if (!entered.every((each) => roundsOf(frame, each, loop) !== undefined)) return states;
  return states.filter((state) => {
    const of = linearOf(valueOf(frame, state, loop.counter));
    const below = of && scaleLinear(of, -1);
    return below === undefined || assumeAtMostZero(frame.run.world, state, below, false);
  });
}

/** Gives a variable the value that it has after all rounds. */
function move(
  frame: Frame,
  left: State,
  variable: Node,
  before: Value | undefined,
  by: Linear | undefined,
): void {
  const place = ownPlace(frame, left, variable);
  const now = place && load(frame, left.fork(), place, variable, true);
  if (place === undefined || now === undefined || by === undefined) return;
  const from = linearOf(before);
  if (before?.is === 'int' && now.is === 'int') {
    const of = from && addLinear(from, by);
    if (of !== undefined && isWithin(frame, left, of, place.type))
      store(quietFrame(frame), left, place, { is: 'int', of }, variable);
    return;
  }
  if (before?.is !== 'pointer' || now.is !== 'pointer' || place.type.is !== 'pointer') return;
  const [target, second] = now.targets;
  const size = sizeOf(place.type.to);
  const bytes = size === undefined ? undefined : scaleLinear(by, size);
  const offset = from && bytes && addLinear(from, bytes);
  if (target === undefined || second !== undefined || offset === undefined) return;
  if (target.object !== before.targets[0]?.object) return;
  const moved: Value = { is: 'pointer', targets: [{ ...target, offset }], nullness: now.nullness };
  store(quietFrame(frame), left, place, moved, variable);
}

/** No round leaves the range of the type: what wraps around has not moved by as much. */
function isWithin({ run: { world } }: Frame, state: State, of: Linear, type: CType): boolean {
  if (type.is !== 'int') return false;
  const [lo, hi] = limitsOf(type);
  return minimum(world, state, of).value >= lo && maximum(world, state, of).value <= hi;
}

/** Of a variable whose address nobody has: what is written through pointers does not change it. */
function ownPlace(frame: Frame, state: State, variable: Node): Place | undefined {
  const place = variablePlace(frame, state, variable);
  const [only, second] = place?.pointer.is === 'pointer' ? place.pointer.targets : [];
  const isOwn = only !== undefined && second === undefined && state.object(only.object)?.escaped === false;
  return isOwn ? place : undefined;
}

/** How many rounds the loop has, where it is entered. */
function roundsOf(frame: Frame, state: State, { counter, limit }: CountedLoop): Linear | undefined {
  const { world } = frame.run;
  if (ownPlace(frame, state, counter) === undefined) return undefined;
  const from = linearOf(valueOf(frame, state, counter));
  const to = limit && linearOf(valueOf(frame, state, limit));
  const rounds = limit === undefined ? from : from && to && subtractLinear(to, from);
  return rounds !== undefined && minimum(world, state, rounds).value >= 0 ? rounds : undefined;
}

function isSame(one: Linear | undefined, other: Linear | undefined): boolean {
  return one !== undefined && other !== undefined && sameLinear(one, other);
}

/** A number, or how far into its only target a pointer leads. */
function linearOf(value: Value | undefined): Linear | undefined {
  if (value?.is === 'int') return value.of;
  return value?.is === 'pointer' && value.targets.length === 1 ? value.targets[0]?.offset : undefined;
}

function valueOf(frame: Frame, state: State, node: Node): Value | undefined {
  const [only, second] = evaluate(quietFrame(frame), state.fork(), node);
  return second === undefined ? only?.value : undefined;
}

const loopsOfGraphs = new WeakMap<Cfg, Map<number, CountedLoop | undefined>>();

function countedLoop(frame: Frame, { cfg, loops }: Flow, head: number): CountedLoop | undefined {
  let known = loopsOfGraphs.get(cfg);
  if (known === undefined) loopsOfGraphs.set(cfg, (known = new Map<number, CountedLoop | undefined>()));
  if (!known.has(head)) known.set(head, findCounted(frame, cfg, loops.get(head) ?? new Set(), head));
  return known.get(head);
}

function findCounted(
  { run, unit }: Frame,
  { blocks }: Cfg,
  inside: ReadonlySet<number>,
  head: number,
): CountedLoop | undefined {
  const way = blocks[head]?.branch;
  if (way?.is !== 'condition' || !inside.has(way.yes) || inside.has(way.no)) return undefined;
  const asked = countersOf(way.condition);
  if (asked === undefined) return undefined;
  const nodes: Node[] = [];
  for (const id of inside) {
    const block = blocks[id];
    if (block === undefined || (id !== head && !isStraight(block))) return undefined;
    for (const instruction of block.instructions) {
      if (instruction.op === 'evaluate') nodes.push(...descendants(instruction.node));
      else if (instruction.op !== 'leave') return undefined;
    }
  }
  const changes = nodes.flatMap((node) => changeIn(node) ?? []);
  if (![...descendants(way.condition), ...nodes].every((node) => isPlain(run, unit, node))) return undefined;
  const byName = new Map<string, Change[]>();
  for (const each of changes) {
    const list = byName.get(each.name);
    if (list === undefined) byName.set(each.name, [each]);
    else list.push(each);
  }
  const changesOf = (name: string | undefined): readonly Change[] => byName.get(name ?? '') ?? [];
  const addressed = new Set(nodes.flatMap((node) => addressedBy(node) ?? []));
  const [step, ...more] = changesOf(asked.counter.text);
  if (step?.by !== (asked.limit === undefined ? -1 : 1) || more.length > 0) return undefined;
  if (asked.limit !== undefined && changesOf(nameOf(asked.limit)).length > 0) return undefined;
  const moved = new Map<Node, number>();
  for (const { node, name } of changes) {
    if (node.kind !== 'identifier' || (asked.limit === undefined && name === asked.counter.text)) continue;
    const all = changesOf(name);
    if (all[0]?.node !== node || all.some(({ node: each }) => each.kind !== 'identifier')) continue;
    const by = all.reduce((sum, each) => sum + each.by, 0);
    if (!Number.isNaN(by) && !addressed.has(name)) moved.set(node, by);
  }
  if ([asked.counter.text, nameOf(asked.limit) ?? ''].some((name) => addressed.has(name))) return undefined;
  return { ...asked, moved };
}

/** `i < n`, `n > i`, `i != n`; `n--`, `n-- > 0`, `n > 0`. */
function countersOf(condition: Node): Pick<CountedLoop, 'counter' | 'limit'> | undefined {
  const down = condition.kind === 'unary' ? condition.part('operand') : condition;
  const isDown = condition.kind !== 'unary' || condition.part('operator')?.text === 'post--';
  if (down?.kind === 'identifier' && isDown) return { counter: down, limit: undefined };
  const [left, right] = [condition.part('left'), condition.part('right')];
  const operator = condition.kind === 'binary' ? condition.part('operator')?.text : undefined;
  if ((operator === '>' || operator === '!=') && left !== undefined && right?.text === '0')
    return countersOf(left);
  const isUp = operator === '<' || operator === '!=';
  const [counter, limit] = isUp ? [left, right] : operator === '>' ? [right, left] : [];
  return counter?.kind === 'identifier' && limit !== undefined && nameOf(limit) !== undefined
    ? { counter, limit }
    : undefined;
}

/** A variable that a round changes. */
interface Change {
  readonly node: Node;
  readonly name: string;
  /** Not a number where that cannot be told. */
  readonly by: number;
}

function changeIn(node: Node): Change | undefined {
  const target = changedBy(node);
  const name = nameOf(target);
  if (target === undefined || name === undefined) return undefined;
  const step = stepOf(node);
  const size = node.kind === 'unary' ? 1 : (integerLiteral(node.part('value')?.text ?? '')?.value ?? NaN);
  return { node: target, name, by: step === undefined ? NaN : step.isUp ? size : -size };
}

/** Happens once in each round, and each round goes on from there. */
function isPlain(run: Run, unit: Unit, node: Node): boolean {
  if (node.kind === 'identifier' && mayChange(unit, node)) return false;
  if (node.kind === 'conditional' || /^(&&|\|\|)$/.test(node.part('operator')?.text ?? '')) return false;
  const model = node.kind === 'call' ? run.model(node.part('callee')?.text ?? '') : undefined;
  return node.kind !== 'call' || (model !== undefined && !model.ends);
}

/**
 * A macro without parentheses that does something: `#define SKIP to++`. One of which nothing is seen stands alone then.
 *
 * @param seen macros that are looked at already
 */
function mayChange(unit: Unit, node: Node, seen = new Set<string>()): boolean {
  const macro = seen.has(node.text) ? undefined : unit.macro(node.text);
  if (macro === undefined) return node.parent?.kind === 'expressionStatement';
  seen.add(node.text);
  return [...descendants(macro.body)].some(
    (each) =>
      ACTING.has(each.kind) ||
      changedBy(each) !== undefined ||
      (each.kind === 'identifier' && mayChange(unit, each, seen)),
  );
}

const ACTING: ReadonlySet<string> = new Set(['block', 'call', 'conditional']);

/** The variable whose address is taken. */
function addressedBy(node: Node): string | undefined {
  return node.kind === 'unary' && node.part('operator')?.text === '&'
    ? nameOf(node.part('operand'))
    : undefined;
}

function isStraight({ branch, next, handlers }: Block): boolean {
  return branch === undefined && next.length === 1 && handlers.length === 0;
}
