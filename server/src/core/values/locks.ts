import type { Node } from '../ast/node.ts';
import { FACT_EVENTS } from '../rules/factNames.ts';
import { checkNotNull } from './access.ts';
import { resolved } from './constraints.ts';
import type { FactEvent } from './events.ts';
import { numberOf } from './linear.ts';
import type { Effect } from './models.ts';
import { reportAt, type Frame } from './run.ts';
import { memoryWith, type State, type Value } from './state.ts';
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
  if (effect.mark === LOCKED) notePairs(frame, state, target.object, at, node);
  state.setObject(target.object, memoryWith(memory, { marks: new Map(memory.marks).set(at, effect.mark) }));
  world.marked.add(target.object);
  return [state];
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
