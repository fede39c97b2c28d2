import type { Node } from '../ast/node.ts';
import { checkNotNull } from './access.ts';
import { known, minimum, rangeOf } from './constraints.ts';
import { isCounted } from './counted.ts';
import type { EventKind } from './events.ts';
import { ZERO } from './linear.ts';
import { DESCRIPTOR, isMemory, takesNull } from './models.ts';
import { reportAt, type Frame } from './run.ts';
import { memoryWith, pointerTo, type Pointer, type State, type Value } from './state.ts';

/** Gives memory or a handle back: `free`, `fclose`. Most take null. */
export function release(frame: Frame, state: State, value: Value, family: string, node: Node): State[] {
  if (value.is === 'function') {
    reportAt(frame, state, node, 'invalid-free', 'proved', 'this is a function');
    return [state];
  }
  if (family === DESCRIPTOR) {
    const handle = descriptorTarget(frame, state, value);
    return handle === undefined ? [state] : releaseTargets(frame, state, handle, family, node);
  }
  if (!takesNull(family) && !checkNotNull(frame, state, value, node)) return [];
  return value.is === 'pointer' ? releaseTargets(frame, state, value, family, node) : [state];
}

/** A function that is not seen is given memory that was freed: it may well look at it. */
export function checkGiven(
  frame: Frame,
  state: State,
  given: readonly { readonly value: Value }[],
  call: Node,
): void {
  for (const { value } of given) {
    if (value.is !== 'pointer' || value.targets.length === 0) continue;
    const [first] = value.targets;
    const isFreed = value.targets.every(({ object }) => {
      const info = frame.run.world.info(object);
      const isHandle = info?.kind === 'heap' && !isMemory(info.family);
      return !isHandle && state.object(object)?.life === 'freed';
    });
    if (first === undefined || !isFreed) continue;
    const ended = state.object(first.object)?.ended;
    const related = ended === undefined ? [] : [{ node: ended, message: 'freed here' }];
    const detail = 'the memory has been freed';
    reportAt(frame, state, call, 'freed-memory-given', 'proved', detail, related, first);
  }
}

/** What is open behind a descriptor; undefined when it is not seen where that was opened, or when nothing is. */
export function descriptorTarget({ run: { world } }: Frame, state: State, value: Value): Pointer | undefined {
  const [only, second] = value.is === 'int' ? value.of.terms : [];
  if (only?.factor !== 1 || second !== undefined || value.is !== 'int' || value.of.constant !== 0)
    return undefined;
  const object = world.handles.get(only.symbol);
  return object === undefined || rangeOf(world, state, only.symbol).hi < 0
    ? undefined
    : pointerTo(object, ZERO);
}

/** Made through a macro of the program's own, `#define lib_malloc(n) malloc(n)`: what takes it back may be one of these, too. */
function isOfMacro({ unit }: Frame, made: Node | undefined): boolean {
  const name = made?.kind === 'call' ? made.part('callee')?.text : undefined;
  return name !== undefined && unit.macro(name) !== undefined;
}

function releaseTargets(frame: Frame, state: State, value: Pointer, family: string, node: Node): State[] {
  const { world } = frame.run;
  const isBlock = isMemory(family);
  const isSure = value.targets.length === 1;
  const report = (
    object: number,
    kind: EventKind,
    sure: boolean,
    detail: string,
    place: Node | undefined,
    message: string,
  ): void => {
    const related = place === undefined ? [] : [{ node: place, message }];
    reportAt(frame, state, node, kind, sure ? 'proved' : 'possible', detail, related, { object });
  };
  for (const { object, offset } of value.targets) {
    const memory = state.object(object);
    const info = world.info(object);
    if (memory === undefined || info === undefined) continue;
    const sure = isSure && !info.many;
    if (info.kind === 'local' || info.kind === 'static' || info.kind === 'string') {
      report(object, 'invalid-free', sure, 'this memory was not allocated', info.node, 'declared here');
      continue;
    }
    if (memory.life === 'freed' || memory.life === 'maybe-freed') {
      const kind = isBlock ? 'double-free' : 'double-close';
      // What was freed on one of two paths, and set to null on the other, may be freed on the other alone.
      const isEither = value.nullness !== undefined && world.nullOrFreed.has(value.nullness);
      report(
        object,
        kind,
        sure && memory.life === 'freed' && !isEither,
        isBlock ? 'the memory has been freed already' : 'the handle has been closed already',
        memory.ended,
        isBlock ? 'freed here' : 'closed here',
      );
      continue;
    }
    if (info.kind === 'heap' && info.family !== family) {
      report(
        object,
        'mismatched-free',
        sure && !isOfMacro(frame, info.node),
        `it was made by a function of another kind (${info.family ?? ''})`,
        info.node,
        'made here',
      );
      // Whatever that did to it, it is not forgotten.
      state.setObject(object, memoryWith(memory, { escaped: true }));
      continue;
    }
    const at = known(world, state, offset);
    // Behind what `strchr` has found: how far is not known, but not at the beginning.
    const least = at ?? minimum(world, state, offset).value;
    if (info.kind === 'heap' && (at === undefined ? least > 0 : at !== 0)) {
      report(
        object,
        'invalid-free',
        sure,
        `the pointer leads ${at ?? `at least ${least}`} bytes into the block`,
        info.node,
        'allocated here',
      );
      continue;
    }
    if (info.many) continue;
    const life = isSure && !isCounted(frame, node) ? 'freed' : 'maybe-freed';
    state.setObject(object, memoryWith(memory, { life, ended: frame.site ?? node }));
  }
  return [state];
}
