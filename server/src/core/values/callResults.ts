import { descendants, type Node } from '../ast/node.ts';
import { rangeOf, unsee } from './constraints.ts';
import { numberOf } from './linear.ts';
import type { FunctionCode, Result } from './run.ts';
import { forgetObject } from './places.ts';
import { reduce } from './reduce.ts';
import {
  escapeValue,
  memoryWith,
  objectsBehind,
  sameValue,
  UNKNOWN_VALUE,
  type State,
  type Value,
} from './state.ts';
import type { World } from './world.ts';

/** What it made goes together with the number that it returns: 0, another one, or one that is not known. */
export function byResult(states: readonly State[], key: string): readonly (readonly State[])[] {
  const groups = new Map<string, State[]>();
  for (const state of states) {
    const value = state.slots.get(key);
    const number = value?.is === 'int' ? numberOf(value.of) : undefined;
    const name = number === undefined ? '' : number === 0 ? '0' : '1';
    groups.set(name, [...(groups.get(name) ?? []), state]);
  }
  return [...groups.values()];
}

/** A path on which the function made less than on another one is one of failure: perhaps no run of this program takes it. */
export function doubtFailures(world: World, results: readonly Result[], from: number): void {
  if (results.length < 2) return;
  const counts = results.map(({ state }) => blocksMade(world, state, from));
  const most = Math.max(...counts);
  results.forEach(({ state }, index) => {
    if ((counts[index] ?? 0) < most) state.doubtful = true;
  });
}

/** How many blocks, of those that were allocated since, are there on a path. */
function blocksMade(world: World, state: State, from: number): number {
  return world.heap.slice(from).filter((id) => {
    const nullness = world.info(id)?.nullness;
    const isThere = nullness === undefined || rangeOf(world, state, nullness).lo !== 1;
    return isThere && state.object(id)?.life === 'live';
  }).length;
}

/** A path at the end of a function, and what it returns there. */
interface End {
  readonly state: State;
  readonly value: Value;
}

const nullReturned = new WeakMap<Node, boolean>();

/** Whether a function says `return NULL;` somewhere. */
export function returnsNull({ body, returns }: FunctionCode): boolean {
  if (returns.is !== 'pointer') return false;
  let known = nullReturned.get(body);
  if (known === undefined) {
    known = [...descendants(body)].some((node) => {
      const value = node.kind === 'return' ? node.part('value') : undefined;
      return value !== undefined && (value.kind === ':null' || NULLS.has(value.text));
    });
    nullReturned.set(body, known);
  }
  return known;
}

const NULLS: ReadonlySet<string> = new Set(['NULL', '0']);

/** Who calls such a function asks for that null: what else it returns, `list->items + at`, is not found null as a part of the list. */
export function askedAnew(world: World, { state, value }: End): End {
  if (value.is !== 'pointer' || value.nullness === undefined) return { state, value };
  const info = world.symbols[value.nullness];
  const { lo, hi } = rangeOf(world, state, value.nullness);
  if (info?.reason !== 'given' || lo === hi) return { state, value };
  const nullness = world.symbol(0, 1, 'null', info.node, 'given');
  return { state, value: { is: 'pointer', targets: value.targets, nullness } };
}

/**
 * Paths through a function whose result nobody can look into become one, since what the caller does next tells them apart: that of success,
 * where the function made most.
 */
export function oneOfObjects(world: World, ends: readonly End[], from: number): readonly End[] {
  if (ends.length < 2 || ends.some(({ value }) => value.is === 'int')) return ends;
  const counts = ends.map(({ state }) => blocksMade(world, state, from));
  const most = Math.max(...counts);
  const successes = ends.filter((_, index) => counts[index] === most);
  const [joined] = reduce(
    world,
    successes.map(({ state }) => state),
    1,
  );
  const [first] = successes;
  if (joined === undefined || first === undefined) return ends;
  const isSame = successes.every(({ value }) => sameValue(value, first.value));
  const value = isSame ? first.value : UNKNOWN_VALUE;
  // Where the caller finds that it failed, there is nothing that could be lost.
  if (most > 0) hideBlocks(world, joined, from, value);
  return [{ state: joined, value }];
}

/**
 * Blocks that were allocated on some of the paths that became one: whether they are there is not known any more, but for the one
 * that is the result, and there where the result is not null.
 */
export function hideBlocks(world: World, state: State, from: number, result: Value): void {
  const returned = objectsBehind(world, result);
  for (const id of world.heap.slice(from)) {
    const memory = state.object(id);
    const isResult =
      returned.includes(id) && result.is === 'pointer' && result.nullness === world.info(id)?.nullness;
    if (memory !== undefined && !isResult) state.setObject(id, memoryWith(memory, { escaped: true }));
  }
}

/** Depends on a number that a caller who is not seen has given, also in a narrower type. */
export function isGiven(world: World, value: Value): boolean {
  return (
    value.is === 'int' &&
    value.of.terms.some(({ symbol }) => {
      const kind = world.symbols[symbol]?.kind;
      return kind === 'given' || kind === 'length' || kind === 'derived';
    })
  );
}

/** The number that is a null pointer. */
export function isNullNumber(value: Value): boolean {
  return value.is === 'int' && numberOf(value.of) === 0;
}

/** None of a result's bounds is said to occur any more. */
export function unseeResult(world: World, state: State, value: Value): void {
  for (const { symbol } of value.is === 'int' ? value.of.terms : []) {
    if (world.symbols[symbol]?.kind !== 'derived') continue;
    unsee(world, state, symbol, true);
    unsee(world, state, symbol, false);
  }
}

/** What stands for `...` in a call the function may keep, and write to. */
export function giveMore(
  world: World,
  state: State,
  { unit, parameters }: FunctionCode,
  values: readonly Result[],
): void {
  if (unit.ast.grammar.definition.dialect === 'cpp') return;
  for (const { value } of values.slice((parameters.at(-1)?.position ?? -1) + 1)) {
    escapeValue(world, state, value);
    for (const object of objectsBehind(world, value)) forgetObject(world, state, object);
  }
}

/**
 * A function that is not seen has looked at these, and what it returns is asked: `if (!length_ok(n)) return;`. Whether numbers are as large as they
 * may be behind it, and bytes as few, nobody knows.
 */
export function unseeGiven(world: World, state: State, values: readonly Result[]): void {
  for (const { value } of values) {
    const sizes = value.is === 'pointer' ? value.targets.map(({ object }) => world.info(object)?.size) : [];
    const numbers = value.is === 'int' ? [value.of] : sizes;
    for (const { symbol } of numbers.flatMap((each) => each?.terms ?? [])) {
      unsee(world, state, symbol, true);
      unsee(world, state, symbol, false);
      state.unseeDifferences((a, b) => a === symbol || b === symbol);
    }
  }
}

/** `if (is_bad(data)) return;`, where `data` is null on the path: what is not followed may well ask for just that. */
export function asksForNull(call: Node, given: readonly Result[]): boolean {
  let [at, child] = [call.parent, call];
  while (at !== undefined && (at.kind === 'binary' || at.kind === 'unary')) [at, child] = [at.parent, at];
  if (at?.part('condition') !== child) return false;
  const written = call.parts('arguments');
  return given.some(
    ({ value, type }, index) =>
      type.is === 'pointer' && isNullNumber(value) && VARIABLES.has(written[index]?.kind ?? ''),
  );
}

const VARIABLES: ReadonlySet<string> = new Set(['identifier', 'member']);

/** All that an `if` without `else` does. */
export function isWholeBranch(call: Node): boolean {
  const statement = call.parent;
  const block = statement?.parent;
  const owner = block?.kind === 'block' && block.parts('statements').length === 1 ? block.parent : block;
  return (
    statement?.kind === 'expressionStatement' && owner?.kind === 'if' && owner.part('else') === undefined
  );
}
