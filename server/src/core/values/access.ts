import { descendants, type Node } from '../ast/node.ts';
import { assumeAtMostZero, maximum, minimum, narrow, rangeOf } from './constraints.ts';
import { isCountedByGuess } from './guessedLoops.ts';
import { addLinear, constantLinear, subtractLinear, type Linear } from './linear.ts';
import { numberOf } from './linear.ts';
import { isMemory } from './models.ts';
import { isDrivenFromOutside } from './openLoops.ts';
import { isIn, reportAt, type Frame, type Result, type Subject } from './run.ts';
import { isToldByCaller } from './readFrom.ts';
import type { CType } from './ctypes.ts';
import { memoryWith, type State, type Target, type Value } from './state.ts';
import { MAX_TEXT, type ObjectInfo } from './world.ts';

export type Access = 'read' | 'write';

/**
 * Checks that memory may be used, reports what is wrong, and narrows the path to runs that go on.
 *
 * @param size bytes, undefined when not known: only the pointer is checked
 * @returns false when no run goes on from here
 */
export function checkAccess(
  frame: Frame,
  state: State,
  pointer: Value,
  size: Linear | undefined,
  access: Access,
  node: Node,
): boolean {
  const { world } = frame.run;
  // Nothing is touched where nothing is copied.
  if (size !== undefined && maximum(world, state, size).value <= 0) return true;
  if (access === 'write' && node.kind === 'call') {
    const kind = isWithin(frame, state, pointer, size) ? 'bounded-write' : 'unbounded-write';
    reportAt(frame, state, node, kind, 'proved', 'all that is written lies within what it is written to');
  }
  if (!checkNotNull(frame, state, pointer, node)) return false;
  if (pointer.is !== 'pointer') return true;
  const isSure = pointer.targets.length === 1;
  for (const target of pointer.targets) {
    if (!checkAlive(frame, state, target, isSure, node)) return false;
    if (size !== undefined && !checkBounds(frame, state, target, size, access, isSure, node)) return false;
  }
  return true;
}

/** Every run writes within a known object, and within the array in it that the pointer was made from. */
function isWithin(frame: Frame, state: State, pointer: Value, size: Linear | undefined): boolean {
  const { run, code, depth } = frame;
  const { world } = run;
  if (pointer.is !== 'pointer' || pointer.targets.length === 0 || size === undefined) return false;
  // Other files may call the function with less room.
  const isSeenWhole =
    depth === 0 || run.globalsKnown || code?.node.parts('modifiers').some(({ text }) => text === 'static');
  if (isSeenWhole !== true) return false;
  return pointer.targets.every(({ object, offset, part }) => {
    const whole = world.info(object)?.size;
    const end = addLinear(offset, size);
    const from = part === undefined ? offset : subtractLinear(offset, part.from);
    if (whole === undefined || end === undefined || from === undefined) return false;
    const limits = part === undefined ? [whole] : [part.to, whole];
    const isShort = limits.every((limit) => {
      const over = subtractLinear(end, limit);
      return over !== undefined && maximum(world, state, over).value <= 0;
    });
    return isShort && minimum(world, state, from).value >= 0;
  });
}

export function checkNotNull(frame: Frame, state: State, pointer: Value, node: Node): boolean {
  const { world } = frame.run;
  if (pointer.is === 'int') {
    if (numberOf(pointer.of) !== 0) return true;
    const certainty = isGuarded(frame, state, node) ? 'possible' : 'proved';
    reportAt(frame, state, node, 'null-dereference', certainty, 'the pointer is null here');
    return false;
  }
  if (pointer.is !== 'pointer' || pointer.nullness === undefined) return true;
  const { lo, hi, loSeen } = rangeOf(world, state, pointer.nullness);
  const info = world.symbols[pointer.nullness];
  const subject: Subject = { symbol: pointer.nullness };
  const related =
    info?.node === undefined ? [] : [{ node: info.node, message: 'the pointer comes from here' }];
  // `realloc` that fails is a path of its own, which perhaps no test has found.
  const isUntested = info?.reason === 'allocation' && !loSeen;
  if (lo === 1 && !isUntested) {
    reportAt(
      frame,
      state,
      node,
      'null-dereference',
      // The test that found it null is not one that it hangs together with.
      isGuarded(frame, state, node, true) ? 'possible' : 'proved',
      'the pointer is null on a path to here',
      related,
      subject,
    );
    return false;
  }
  if (hi === 0) return true;
  if (info?.reason === 'allocation')
    reportAt(
      frame,
      state,
      node,
      'unchecked-allocation',
      'proved',
      'memory may have run out, which is not checked',
      related,
      subject,
    );
  else if (info?.reason === 'result')
    reportAt(
      frame,
      state,
      node,
      'unchecked-result',
      'proved',
      'the function may have returned null, which is not checked',
      related,
      subject,
    );
  else if (info?.reason === 'assigned')
    reportAt(frame, state, node, 'null-dereference', 'possible', 'the pointer may be null', related, subject);
  return lo === 0 && narrow(world, state, pointer.nullness, 0, 0, false);
}

/** A condition on what is not seen leads here: it may well hold only where the pointer, or the variable, was set. */
export function isGuarded(frame: Frame, state: State, node: Node, onlyNumbers = false): boolean {
  const place = frame.site ?? node;
  for (
    let [at, child] = [place.parent, place];
    at !== undefined && at.kind !== 'function';
    [at, child] = [at.parent, at]
  ) {
    // Of `a && b` the left side is a condition of the right one.
    const isLogical = at.kind === 'binary' && LOGICAL.has(at.part('operator')?.text ?? '');
    const condition = at.part(isLogical ? 'left' : 'condition');
    if (condition === undefined || condition === child || isSetBetween(frame, at, condition, place)) continue;
    for (const each of descendants(condition)) if (state.isGuess(each, onlyNumbers)) return true;
  }
  return false;
}

/**
 * What is followed gets its value behind the condition, which asks nothing but the library and says nothing of it then:
 * `while (scanf("%31s", name) == 1) { d = find(name); d->rate = 1; }`.
 */
function isSetBetween({ run }: Frame, around: Node, condition: Node, place: Node): boolean {
  const calls = [...descendants(condition)].filter(({ kind }) => kind === 'call');
  if (calls.length === 0 || calls.some((call) => run.model(call.part('callee')?.text ?? '') === undefined))
    return false;
  let base: Node | undefined = place;
  while (base?.kind === 'member' || base?.kind === 'index') base = base.part('object');
  if (base?.kind === 'unary') base = base.part('operand');
  if (base?.kind !== 'identifier') return false;
  for (const each of descendants(around)) {
    if (each.start >= place.start) return false;
    if (each.start < condition.end || (each.kind !== 'assign' && each.kind !== 'variable')) continue;
    if (each.part('target')?.text === base.text && each.part('value') !== undefined) return true;
  }
  return false;
}

const LOGICAL: ReadonlySet<string> = new Set(['&&', '||']);

function checkAlive(frame: Frame, state: State, { object }: Target, isSure: boolean, node: Node): boolean {
  const memory = state.object(object);
  const info = frame.run.world.info(object);
  if (memory === undefined && info?.kind === 'local') {
    const sure = isSure ? 'proved' : 'possible';
    reportAt(
      frame,
      state,
      node,
      'use-out-of-scope',
      sure,
      `\`${info.name}\` is gone: its function has returned`,
      [],
      { object },
    );
    return true;
  }
  if (memory === undefined) return true;
  if (memory.life === 'live') {
    const block = info === undefined ? undefined : leftBlock(frame, info, node);
    if (block !== undefined)
      reportAt(
        frame,
        state,
        node,
        'use-out-of-scope',
        isSure && info?.many !== true ? 'proved' : 'possible',
        `\`${info?.name === '' ? 'a value' : (info?.name ?? '')}\` is gone: its block has been left`,
        [{ node: block, message: 'it lives in this block' }],
      );
    return true;
  }
  const certainty = isSure && info?.many !== true && memory.life !== 'maybe-freed' ? 'proved' : 'possible';
  const related =
    memory.ended === undefined
      ? []
      : [
          {
            node: memory.ended,
            message:
              memory.life === 'out-of-scope'
                ? 'its function ends here'
                : info?.family === undefined || isMemory(info.family)
                  ? 'freed here'
                  : 'closed here',
          },
        ];
  if (memory.life === 'out-of-scope')
    reportAt(
      frame,
      state,
      node,
      'use-out-of-scope',
      certainty,
      `\`${info?.name ?? ''}\` is gone: its function has returned`,
      related,
      { object },
    );
  else if (info?.kind === 'heap' && !isMemory(info.family))
    reportAt(frame, state, node, 'use-after-close', certainty, 'the handle has been closed', related, {
      object,
    });
  else
    reportAt(frame, state, node, 'use-after-free', certainty, 'the memory has been freed', related, {
      object,
    });
  // One report is enough: the memory is taken as usable from here on.
  state.setObject(object, memoryWith(memory, { life: 'live', escaped: true }));
  return true;
}

/** The block that a variable was declared in, when the code that uses it stands outside of it. */
function leftBlock(frame: Frame, { kind, node, frame: id }: ObjectInfo, use: Node): Node | undefined {
  if (kind !== 'local' || node === undefined) return undefined;
  let place: Node | undefined = frame.site ?? use;
  let owner: Frame | undefined = frame;
  for (; owner !== undefined && owner.id !== id; owner = owner.caller) place = owner.call;
  const ast = owner?.unit.ast;
  if (ast === undefined || !isIn(ast, node) || place === undefined || !isIn(ast, place)) return undefined;
  let block = node.parent;
  // What stands in `for (...)` or is a single statement is taken to live as long as what is around.
  while (block !== undefined && !(block.kind === 'block' && ast.text[block.start] === '{'))
    block = block.kind === 'function' ? undefined : block.parent;
  if (block?.parent === undefined || block.parent.kind === 'function') return undefined;
  return place.start >= block.start && place.end <= block.end ? undefined : block;
}

function checkBounds(
  frame: Frame,
  state: State,
  target: Target,
  size: Linear,
  access: Access,
  isSure: boolean,
  node: Node,
): boolean {
  const { world } = frame.run;
  const info = world.info(target.object);
  const kind = access === 'read' ? 'out-of-bounds-read' : 'out-of-bounds-write';
  const isPositive = minimum(world, state, size).value > 0;
  const end = addLinear(target.offset, size);
  const { part } = target;
  const isDriven = (limit: Linear): boolean => {
    const from = limit === part?.to ? part.from : constantLinear(0);
    const [offset, room] = [subtractLinear(target.offset, from), subtractLinear(limit, from)];
    return (
      offset !== undefined &&
      room !== undefined &&
      isDrivenFromOutside(frame, state, node, { offset, bytes: size, room })
    );
  };
  // An array inside of an object: neither the array nor the object must be left.
  for (const limit of part === undefined ? [info?.size] : [part.to, info?.size]) {
    if (limit === undefined) continue;
    const over = end === undefined ? undefined : subtractLinear(end, limit);
    if (over === undefined) continue;
    const least = minimum(world, state, over);
    const most = maximum(world, state, over);
    const isAlways = least.value > 0 && isPositive;
    if (most.value > 0) {
      const isProved =
        isSure &&
        info?.many !== true &&
        !isBehindGiven(frame, state, target, limit) &&
        (isAlways || !isOfGivenSize(frame, limit, node)) &&
        (isAlways || !isToldByCaller(frame, state, target.object, over)) &&
        (isAlways ? !isCountedByGuess(frame, state, node) : most.seen || isDriven(limit));
      const { object, offset } = target;
      const detail = detailOf(
        frame,
        state,
        limit === part?.to ? target : { object, offset, part: undefined },
        size,
        access,
      );
      reportAt(frame, state, node, kind, isProved ? 'proved' : 'possible', detail, relatedOf(frame, target), {
        object,
      });
      // Whatever it does then: the path goes on, so that what follows is looked at too.
      if (isAlways) return true;
      if (!assumeAtMostZero(world, state, over, false)) return false;
    }
  }
  if ((info?.kind === 'given' || info?.kind === 'unknown') && part === undefined) return true;
  const before = part === undefined ? target.offset : subtractLinear(target.offset, part.from);
  if (before === undefined) return true;
  const start = minimum(world, state, before);
  if (start.value < 0) {
    const isAlways = maximum(world, state, before).value < 0;
    const isProved = isSure && (isAlways || start.seen);
    const name = info?.name === undefined || info.name === '' ? 'the object' : `\`${info.name}\``;
    reportAt(
      frame,
      state,
      node,
      kind,
      isProved ? 'proved' : 'possible',
      `${access}s before the start of ${name}`,
      relatedOf(frame, target),
      { object: target.object },
    );
    if (isAlways) return true;
    const below = subtractLinear(constantLinear(0), before);
    if (below !== undefined && !assumeAtMostZero(world, state, below, false)) return false;
  }
  return true;
}

/**
 * `frame[len]`: what stands behind as many bytes as a caller says may be there as well, as checksums are. Where a loop has ended after so many rounds
 * the number is known, and does not show in the index.
 */
function isBehindGiven(
  { run: { world } }: Frame,
  state: State,
  { offset }: Target,
  { terms }: Linear,
): boolean {
  return terms.some(({ symbol }) => {
    if (world.symbols[symbol]?.kind !== 'length') return false;
    const { lo, hi } = rangeOf(world, state, symbol);
    return lo === hi || offset.terms.some((each) => each.symbol === symbol);
  });
}

/** `s = malloc(size); s->kind = 1;`: whoever says how large the structure is knows what begins with it. */
function isOfGivenSize({ run: { world } }: Frame, { constant, terms }: Linear, node: Node): boolean {
  const [only, second] = terms;
  const isGiven = only !== undefined && world.symbols[only.symbol]?.kind === 'given';
  return node.kind === 'member' && isGiven && only.factor === 1 && second === undefined && constant === 0;
}

function relatedOf(
  frame: Frame,
  { object }: Target,
): readonly { readonly node: Node; readonly message: string }[] {
  const info = frame.run.world.info(object);
  return info?.node === undefined
    ? []
    : [{ node: info.node, message: info.kind === 'heap' ? 'allocated here' : 'declared here' }];
}

function detailOf(frame: Frame, state: State, target: Target, size: Linear, access: Access): string {
  const text = (of: Linear | undefined): string => {
    if (of === undefined) return 'an unknown number of';
    const [lo, hi] = [minimum(frame.run.world, state, of).value, maximum(frame.run.world, state, of).value];
    if (lo === hi) return String(lo);
    return Number.isFinite(hi) && hi < MAX_TEXT ? `up to ${hi}` : `${lo} or more`;
  };
  const info = frame.run.world.info(target.object);
  const name = info?.name ?? '';
  const { part } = target;
  const isPart = part !== undefined && !(numberOf(part.from) === 0 && info?.kind !== 'given');
  const object = isPart ? 'an array' : name === '' ? 'an object' : `\`${name}\``;
  const offset = part === undefined ? target.offset : subtractLinear(target.offset, part.from);
  const whole = part === undefined ? info?.size : subtractLinear(part.to, part.from);
  const isWrapped = offset !== undefined && minimum(frame.run.world, state, offset).value >= 2 ** 62;
  const at = isWrapped
    ? 'behind all memory (a number below 0 has wrapped around)'
    : `at offset ${text(offset)}`;
  return `${access}s ${text(size)} bytes ${at} of ${object}, which has ${text(whole)} bytes`;
}

/** Numbers below are indexes and lengths; what is larger may be an address. */
const LEAST_ADDRESS = 2 ** 30;

/** What a cast is given; a number from outside that nothing limits must not become a pointer. */
export function addressed(
  frame: Frame,
  given: readonly Result[],
  type: CType,
  node: Node,
): readonly Result[] {
  const { world } = frame.run;
  for (const { state, value } of type.is === 'pointer' ? given : []) {
    const [only, second] = value.is === 'int' ? value.of.terms : [];
    if (value.is !== 'int' || only === undefined || second !== undefined) continue;
    const most = maximum(world, state, value.of);
    const isOpen = world.symbols[only.symbol]?.kind === 'input' && most.seen && most.value > LEAST_ADDRESS;
    const detail = 'nothing limits the number that becomes an address';
    if (isOpen) reportAt(frame, state, node, 'pointer-from-input', 'proved', detail);
  }
  return given;
}
