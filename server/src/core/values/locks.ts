import type { Node } from '../ast/node.ts';
import { FACT_EVENTS } from '../rules/factNames.ts';
import { checkNotNull } from './access.ts';
import { isNullNumber } from './callResults.ts';
import { resolved } from './constraints.ts';
import type { FactEvent } from './events.ts';
import { numberOf } from './linear.ts';
import type { Effect } from './models.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import { memoryWith, NO_MARKS, type State, type Value } from './state.ts';
import type { ObjectInfo } from './world.ts';

/** The mark of a lock that is held. */
const LOCKED = 'locked';

/** Changes the state of a handle or lock, and reports when it is in the wrong one. */
export function marks(
  frame: Frame,
  state: State,
  effect: Extract<Effect, { is: 'marks' }>,
  value: Value,
  node: Node,
): State[] {
  if (!checkNotNull(frame, state, value, node)) return [];
  if (value.is !== 'pointer' || value.targets.length !== 1) return [state];
  const { world } = frame.run;
  const [target] = value.targets;
  const memory = target && state.object(target.object);
  const at = target && numberOf(resolved(world, state, target.offset));
  if (target === undefined || memory === undefined || at === undefined) return [state];
  const mark = memory.marks.get(at);
  const error = mark === undefined ? undefined : FACT_EVENTS.find((each) => each === effect.errors[mark]);
  if (error !== undefined)
    reportAt(frame, state, node, error, 'proved', `it is ${mark ?? ''} already`, [], {
      object: target.object,
    });
  if (effect.mark === LOCKED) {
    notePairs(frame, state, target.object, at, node);
    world.taken.set(placeKey(target.object, at), frame.id);
  } else if (mark === undefined) {
    const name = nameOf(world.info(target.object), at, true) ?? '';
    reportAt(frame, state, node, 'lock-given', 'proved', name);
  }
  state.setObject(target.object, memoryWith(memory, { marks: new Map(memory.marks).set(at, effect.mark) }));
  world.marked.add(target.object);
  return [state];
}

/** A function that is not seen may take or release the lock that it is given, `pthread_mutex_trylock(&lock)`, and one of locks any of them. */
export function forgetMarks(
  { run: { world, hints } }: Frame,
  state: State,
  values: readonly Result[],
  name = '',
): void {
  if (world.marked.size === 0 || hints.says('only-waits', name)) return;
  const given = values.flatMap(({ value }) => (value.is === 'pointer' ? value.targets : []));
  for (const object of world.marked) {
    const memory = state.object(object);
    if (memory === undefined || memory.marks.size === 0) continue;
    const isMeant = (at: number): boolean =>
      given.some((each) => each.object === object && numberOf(resolved(world, state, each.offset)) === at);
    const marks = hints.says('of-locks', name)
      ? NO_MARKS
      : new Map([...memory.marks].filter(([at]) => !isMeant(at)));
    if (marks.size < memory.marks.size) state.setObject(object, memoryWith(memory, { marks }));
  }
}

/** A lock is taken: tells which ones are held. */
function notePairs(frame: Frame, state: State, object: number, at: number, node: Node): void {
  const { world } = frame.run;
  for (const other of world.marked) {
    for (const [offset, mark] of state.object(other)?.marks ?? []) {
      if (mark !== LOCKED || (other === object && offset === at)) continue;
      const isOne = other === object;
      const [held, taken] = [nameOf(world.info(other), offset, isOne), nameOf(world.info(object), at, isOne)];
      if (held !== undefined && taken !== undefined)
        reportAt(frame, state, node, 'lock-pair', 'proved', `${held} ${taken}`);
    }
  }
}

function placeKey(object: number, at: number): string {
  return `${object}+${at}`;
}

/**
 * A function is left: tells how it leaves the locks that it, or what it called, has taken.
 *
 * @param way the `return`, or the function itself where its end is reached
 */
export function noteLocks(frame: Frame, state: State, way: Node): void {
  const { world } = frame.run;
  if (world.taken.size === 0 || frame.border !== undefined) return;
  for (const object of world.marked) {
    for (const [at, mark] of state.object(object)?.marks ?? []) {
      if ((world.taken.get(placeKey(object, at)) ?? -1) < frame.id) continue;
      if (mark === LOCKED && isHandedOver(frame, state)) continue;
      const name = nameOf(world.info(object), at, true) ?? '';
      reportAt(frame, state, way, mark === LOCKED ? 'lock-held' : 'lock-free', 'proved', name);
    }
  }
}

/** Ways out of a function that keep a lock which a later way out releases, and that no function of the file releases for another one. */
export function locksKept(parts: readonly FactEvent[]): FactEvent[] {
  const given = new Set(parts.filter(({ kind }) => kind === 'lock-given').map(({ detail }) => detail));
  /** Of each function and lock the last way out that releases it. */
  const last = new Map<Node, Map<string, Node>>();
  for (const { kind, node, detail } of parts) {
    const code = kind === 'lock-free' ? functionOf(node) : undefined;
    if (code === undefined) continue;
    const ways = last.get(code) ?? new Map<string, Node>();
    last.set(code, ways);
    const before = ways.get(detail);
    if (before === undefined || isLater(node, before, code)) ways.set(detail, node);
  }
  return parts.flatMap((part): FactEvent[] => {
    const { kind, certainty, node, detail } = part;
    if (kind !== 'lock-held' || certainty !== 'proved' || given.has(detail)) return [];
    const code = functionOf(node);
    const other = code && last.get(code)?.get(detail);
    if (code === undefined || other === undefined || !isLater(other, node, code)) return [];
    const lock = detail === '' ? 'the lock' : `\`${detail}\``;
    return [
      {
        ...part,
        kind: 'lock-kept',
        detail: `${lock} is still held here`,
        related: [
          {
            node: other,
            message:
              other === code
                ? 'at the end of this function it is released'
                : 'when it is left here, it is released',
          },
        ],
      },
    ];
  });
}

function functionOf(node: Node): Node | undefined {
  for (let at: Node | undefined = node; at !== undefined; at = at.parent)
    if (at.kind === 'function') return at;
  return undefined;
}

/** The function itself stands for its end. */
function isLater(a: Node, b: Node, code: Node): boolean {
  return b !== code && (a === code || a.start > b.start);
}

/** Who asks for an object may get it locked, and nothing where there is none. */
function isHandedOver({ code, id }: Frame, state: State): boolean {
  const value = state.slots.get(`${id}:return`);
  return code?.returns.is === 'pointer' && (value === undefined || !isNullNumber(value));
}

/** What a lock is called in all functions of the file: a variable of the program, or a member of one type when both locks are of one object. */
function nameOf(info: ObjectInfo | undefined, at: number, isOne: boolean): string | undefined {
  if (info?.kind === 'static') return at === 0 ? info.name : `${info.name}+${at}`;
  if (!isOne || info?.type?.is !== 'struct') return undefined;
  const type = info.type.name.replace(/^struct /, '').replaceAll(' ', '-');
  const [field] = [...info.type.fields].find(([, { offset }]) => offset === at) ?? [];
  return type === '' || field === undefined ? undefined : `${type}.${field}`;
}

/** Locks that one function takes in one order, and another one, or another way through it, in the opposite order. */
export function lockOrders(pairs: readonly FactEvent[]): FactEvent[] {
  const first = new Map<string, FactEvent>();
  const inOrder = pairs
    .filter(({ certainty }) => certainty === 'proved')
    .sort((a, b) => a.node.start - b.node.start);
  const found: FactEvent[] = [];
  for (const pair of inOrder) {
    const [held = '', taken = ''] = pair.detail.split(' ');
    const opposite = first.get(`${taken} ${held}`);
    if (opposite !== undefined)
      found.push({
        ...pair,
        kind: 'lock-order',
        detail: `\`${taken}\` is taken while \`${held}\` is held, and elsewhere the other way round`,
        related: [{ node: opposite.node, message: `here \`${held}\` is taken while \`${taken}\` is held` }],
      });
    if (!first.has(pair.detail)) first.set(pair.detail, pair);
  }
  return found;
}
