import type { Node } from '../ast/node.ts';
import { isWrapped } from './arithmetic.ts';
import { maximum, narrow } from './constraints.ts';
import { CHAR_POINTER, INT, VOID, type CType } from './ctypes.ts';
import { numberOf, plus, symbolLinear, ZERO, type Linear } from './linear.ts';
import { copyMemory, noteString } from './memory.ts';
import { DESCRIPTOR, isMemory, type Returned } from './models.ts';
import { isOpenProduct } from './products.ts';
import { release } from './release.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import { sizesOf } from './sizes.ts';
import { memoryWith, targetAt, freshMemory, intValue, pointerTo, type Fill, type State } from './state.ts';
import { MAX_TEXT } from './world.ts';

/** The family of what is gone when the function is over. */
export const STACK = 'stack';
/** Bytes that a function may take from the stack for one variable: more than any device has to spare, less than desktop systems give. */
const MAX_STACK_BLOCK = 2 ** 20;

/** An array or block on the stack whose size somebody else chooses. */
export function checkStack(frame: Frame, state: State, bytes: Linear, node: Node): void {
  const most = maximum(frame.run.world, state, bytes);
  if (most.value <= MAX_STACK_BLOCK) return;
  reportAt(
    frame,
    state,
    node,
    'large-stack-block',
    most.seen ? 'proved' : 'possible',
    'nothing limits its size to what the stack has',
  );
}

/** Nobody asks for so much in one block who has looked at the size. */
const MAX_BLOCK = 2 ** 30;

/** A block whose size a number from outside says, that nothing limits. */
function checkLimit(frame: Frame, state: State, bytes: Linear, node: Node): void {
  const { world } = frame.run;
  const [only, second] = bytes.terms;
  if (only === undefined || second !== undefined) return;
  const most = maximum(world, state, bytes);
  if (most.value >= MAX_BLOCK && isOpenProduct(world, state, only.symbol, MAX_BLOCK / only.factor)) {
    const detail = 'its size is a product of numbers from outside, and nothing limits them';
    reportAt(frame, state, node, 'unlimited-allocation', 'proved', detail);
    return;
  }
  if (world.symbols[only.symbol]?.kind !== 'input') return;
  const isText = world.symbols[only.symbol]?.range.hi === MAX_TEXT;
  if (most.value < MAX_BLOCK || !most.seen || isText) return;
  const detail = 'its size comes from outside, and nothing limits it';
  reportAt(frame, state, node, 'unlimited-allocation', 'proved', detail);
}

/** Blocks of one allocation in one call of a function that are told apart. */
const MAX_BLOCKS = 24;

/** One call of a library function on one path. */
export interface Call {
  readonly frame: Frame;
  readonly values: readonly Result[];
  readonly node: Node;
  readonly result: Linear | undefined;
}

/** A new block, or one that takes the place of an old one. */
export function allocate(
  call: Call,
  state: State,
  returned: Extract<Returned, { is: 'allocation' }>,
): Result[] {
  const { frame, values, node } = call;
  const old = returned.replaces === undefined ? undefined : values[returned.replaces]?.value;
  const type: CType = { is: 'pointer', to: VOID };
  const sized: { readonly state: State; readonly of: Linear | undefined }[] =
    returned.bytes === undefined
      ? [{ state, of: undefined }]
      : sizesOf(frame, state, returned.bytes, values, call.result, node);
  return sized.flatMap(({ state: at, of }): Result[] => {
    if (isMemory(returned.family) && of !== undefined && isWrapped(frame.run.world, of))
      reportAt(
        frame,
        at,
        node,
        'size-overflow',
        'proved',
        'the product was too large for its type, and is a small number',
      );
    else if (isMemory(returned.family) && of !== undefined) checkLimit(frame, at, of, node);
    if (returned.family === STACK && of !== undefined) checkStack(frame, at, of, node);
    const made = (path: State, nullness: number | undefined): Result => {
      const object = newBlock(call, path, returned, of, nullness);
      if (returned.copyOf !== undefined && of !== undefined)
        noteString(frame.run.world, path, targetAt(object, ZERO), plus(of, -1));
      return {
        state: path,
        value: pointerTo(object, ZERO, nullness),
        type: returned.copyOf === undefined ? type : CHAR_POINTER,
      };
    };
    if (old?.is !== 'pointer') {
      const nullness = returned.fails
        ? frame.run.world.symbol(0, 1, 'null', node, returned.reason)
        : undefined;
      return [made(at, nullness)];
    }
    // On failure the old block stays.
    const failed = at.fork();
    const nullness = frame.run.world.symbol(0, 1, 'null', node, returned.reason);
    const results: Result[] = [];
    if (returned.fails && narrow(frame.run.world, failed, nullness, 1, 1, false))
      results.push({ state: failed, value: { is: 'pointer', targets: [], nullness }, type });
    narrow(frame.run.world, at, nullness, 0, 0, false);
    for (const path of release(frame, at, old, returned.family, node)) {
      const result = made(path, nullness);
      const [from] = old.targets;
      const size = from && frame.run.world.info(from.object)?.size;
      if (from !== undefined && size !== undefined && result.value.is === 'pointer') {
        const [to] = result.value.targets;
        const fits =
          of !== undefined &&
          numberOf(of) !== undefined &&
          numberOf(size) !== undefined &&
          (numberOf(of) ?? 0) >= (numberOf(size) ?? 0);
        if (to !== undefined && fits) copyMemory(frame.run.world, path, to, from, size);
        else if (to !== undefined) forget(path, to.object);
      } else if (result.value.is === 'pointer' && result.value.targets[0] !== undefined)
        forget(path, result.value.targets[0].object);
      results.push(result);
    }
    return results;
  });
}

function forget(state: State, object: number): void {
  const memory = state.object(object);
  if (memory !== undefined) state.setObject(object, memoryWith(memory, { fill: { is: 'unknown' } }));
}

/** The largest descriptor that a system hands out. */
const MAX_DESCRIPTOR = 2 ** 20;

/** Something is opened: an object that must be closed stands behind the number. */
export function openDescriptor(call: Call, state: State): Result {
  const { world } = call.frame.run;
  const descriptor = world.symbol(-1, MAX_DESCRIPTOR, 'derived', call.node);
  const returned = { family: DESCRIPTOR, zeroed: false, copyOf: undefined };
  const object = newBlock(call, state, returned, undefined, undefined, descriptor);
  if (world.info(object)?.descriptor === descriptor) world.handles.set(descriptor, object);
  return { state, value: intValue(symbolLinear(descriptor)), type: INT };
}

function newBlock(
  { frame, node }: Call,
  state: State,
  returned: Pick<Extract<Returned, { is: 'allocation' }>, 'family' | 'zeroed' | 'copyOf'>,
  size: Linear | undefined,
  nullness: number | undefined,
  descriptor?: number,
): number {
  const { run } = frame;
  const site = frame.site ?? node;
  const fill: Fill =
    returned.copyOf !== undefined
      ? { is: 'unknown' }
      : returned.zeroed
        ? { is: 'bytes', value: 0 }
        : isMemory(returned.family)
          ? { is: 'uninitialized' }
          : { is: 'unknown' };
  const key = `${frame.id}:${site.index}`;
  const count = run.allocations.get(key) ?? { blocks: 0, many: undefined };
  if (count.many !== undefined) {
    if (state.object(count.many) === undefined)
      state.setObject(count.many, memoryWith(freshMemory({ is: 'unknown' }), { escaped: true }));
    return count.many;
  }
  const many = count.blocks >= MAX_BLOCKS;
  const object = run.world.newObject(
    state,
    {
      kind: 'heap',
      size: many ? undefined : size,
      name: '',
      node: site,
      family: returned.family,
      frame: frame.id,
      maker: frame,
      many,
      nullness,
      descriptor,
    },
    many ? { is: 'unknown' } : fill,
  );
  run.allocations.set(key, { blocks: count.blocks + 1, many: many ? object : undefined });
  return object;
}
