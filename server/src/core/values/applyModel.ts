import type { Node } from '../ast/node.ts';
import { chain } from './chain.ts';
import { checkAccess, checkNotNull } from './access.ts';
import { checkApart } from './apart.ts';
import { allocate, openDescriptor, type Call } from './allocate.ts';
import { convert } from './arithmetic.ts';
import { isSearchedBefore } from './askedBefore.ts';
import { compute } from './checkedArithmetic.ts';
import { maximum, minimum, unsee, unseeSize } from './constraints.ts';
import { CHAR, CHAR_POINTER, INT, ULONG, type CType } from './ctypes.ts';
import { addLinear, constantLinear, numberOf, plus, symbolLinear, ZERO, type Linear } from './linear.ts';
import { copyMemory, fillMemory, noteString, unknownOf } from './memory.ts';
import { INPUT, type Effect, type FunctionModel, type Returned } from './models.ts';
import { checkPrinted, scan, setNumber } from './formats.ts';
import { forgetObject, forgetShared, moved } from './places.ts';
import { marks } from './locks.ts';
import { descriptorTarget, release } from './release.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import { sizesOf, smaller, type Sized } from './sizes.ts';
import type { SizeExpression } from './sizeExpression.ts';
import {
  intValue,
  pointerTo,
  UNKNOWN_VALUE,
  type Fill,
  type State,
  type Value,
  escapeValue,
  targetAt,
} from './state.ts';
import { stringLength } from './strings.ts';
import { MAX_TEXT } from './world.ts';

/** Does to a path what the model of a library function says. */
export function applyModel(
  frame: Frame,
  state: State,
  model: FunctionModel,
  values: readonly Result[],
  node: Node,
): Result[] {
  return chain(sizeArguments(frame, state, model, values, node), ([at, given]) => {
    const result =
      model.returns?.is === 'number'
        ? numberResult(frame, at, model.returns, given, node)
        : [{ state: at, of: undefined }];
    return chain(result, (one) => {
      const made = one.of;
      const call: Call = { frame, values: given, node, result: made };
      let states = [one.state];
      for (const effect of model.does) states = chain(states, (each) => applyEffect(call, each, effect));
      if (model.ends) {
        frame.run.ended++;
        return [];
      }
      return chain(states, (each) => resultOf(call, each, model.returns));
    });
  });
}

/** Arguments that are sizes are taken as `size_t`, as the prototypes of the headers do: a negative number is a large one. */
function sizeArguments(
  frame: Frame,
  state: State,
  model: FunctionModel,
  values: readonly Result[],
  node: Node,
): (readonly [State, readonly Result[]])[] {
  const sizes = new Set<number>();
  const collect = (size: SizeExpression | undefined): void => {
    if (size === undefined) return;
    if (size.is === 'argument') sizes.add(size.argument);
    else if ('left' in size) {
      collect(size.left);
      collect(size.right);
    }
  };
  for (const effect of model.does) {
    if (effect.is === 'reads' || effect.is === 'writes' || effect.is === 'apart') collect(effect.bytes);
    else if (effect.is === 'writes-string') collect(effect.limit);
    else if (effect.is === 'reads-string') collect(effect.atMost);
  }
  if (model.returns?.is === 'allocation') collect(model.returns.bytes);
  let all: (readonly [State, readonly Result[]])[] = [[state, values]];
  for (const index of sizes) {
    all = chain(all, ([at, given]) => {
      const value = given[index];
      if (value?.value.is !== 'int' || value.type.is !== 'int') return [[at, given] as const];
      const least = minimum(frame.run.world, at, value.value.of);
      const isNegative =
        value.type.signed &&
        (maximum(frame.run.world, at, value.value.of).value < 0 || (least.value < 0 && least.seen));
      if (isNegative)
        reportAt(frame, at, node, 'negative-size', 'proved', 'a negative number becomes a huge size');
      return convert(frame, at, value.value, value.type, ULONG, node).map(
        (each) => [each.state, given.map((other, position) => (position === index ? each : other))] as const,
      );
    });
  }
  return all;
}

function numberResult(
  frame: Frame,
  state: State,
  returned: Extract<Returned, { is: 'number' }>,
  values: readonly Result[],
  node: Node,
): { readonly state: State; readonly of: Linear | undefined }[] {
  const { world } = frame.run;
  const lows =
    returned.lo === undefined
      ? [{ state, of: constantLinear(-(2 ** 31)) }]
      : sizesOf(frame, state, returned.lo, values, undefined, node);
  return chain(lows, (low) => {
    const highs =
      returned.hi === undefined
        ? [{ state: low.state, of: constantLinear(2 ** 31 - 1) }]
        : sizesOf(frame, low.state, returned.hi, values, undefined, node);
    return highs.map((high) => {
      const [lo, hi] = [
        numberOf(low.of) ?? minimum(world, high.state, low.of).value,
        maximum(world, high.state, high.of).value,
      ];
      const isInput =
        typeof returned.input === 'number'
          ? isUnchecked(frame, high.state, values[returned.input]?.value)
          : returned.input;
      const symbol = world.symbol(lo, Math.max(lo, hi), isInput ? 'input' : 'derived', node);
      const [only, second] = high.of.terms;
      // `recv` returns at most what it was asked for.
      if (only?.factor === 1 && second === undefined)
        high.state.setDifference({ a: symbol, b: only.symbol, most: high.of.constant, seen: isInput });
      // What it hangs together with cannot be kept: not every pair of the two occurs.
      else if (only !== undefined) unsee(world, high.state, symbol, true);
      return { state: high.state, of: symbolLinear(symbol) };
    });
  });
}

/** A number from outside that nothing has tested. */
function isUnchecked({ run: { world } }: Frame, state: State, value: Value | undefined): boolean {
  if (value?.is !== 'int' || value.of.terms.length === 0) return false;
  return minimum(world, state, value.of).seen && maximum(world, state, value.of).seen;
}

function applyEffect(call: Call, state: State, effect: Effect): State[] {
  const { frame, values, node } = call;
  const given = values[effect.argument];
  if (given === undefined) return [state];
  const { value } = given;
  switch (effect.is) {
    case 'needs':
      return checkAccess(frame, state, value, undefined, 'read', node) ? [state] : [];
    case 'uses': {
      const handle = descriptorTarget(frame, state, value);
      return handle === undefined || checkAccess(frame, state, handle, undefined, 'read', node)
        ? [state]
        : [];
    }
    case 'keeps':
      escapeValue(frame.run.world, state, value);
      return [state];
    case 'reads':
      return chain(sizes(call, state, effect.bytes), ({ state: at, of }) =>
        checkAccess(frame, at, value, of, 'read', node) ? [at] : [],
      );
    case 'apart':
      return chain(sizes(call, state, effect.bytes), ({ state: at, of }) => {
        checkApart(frame, at, value, values[effect.from]?.value, of, node);
        return [at];
      });
    case 'writes':
      return chain(sizes(call, state, effect.bytes), ({ state: at, of }) =>
        writes(call, at, effect, value, of),
      );
    case 'reads-string':
      return readsString(call, state, effect, value);
    case 'writes-string':
      return writesString(call, state, effect, value);
    case 'fills-string':
      return fillsString(call, state, effect, value);
    case 'copies-string':
      return copiesString(call, state, effect, value);
    case 'prints':
      return checkPrinted(frame, state, values, effect.argument, node);
    case 'scans':
      return scan(frame, state, values, effect.argument, effect.text, node);
    case 'leaves':
      return leaves(frame, state, value);
    case 'frees':
      return release(frame, state, value, effect.family, node);
    case 'sets':
      return setNumber(frame, state, given, effect.input, node) ? [state] : [];
    case 'computes':
      return compute(call, state, effect, given);
    case 'marks':
      return marks(frame, state, effect, value, node);
  }
}

function sizes({ frame, values, result, node }: Call, state: State, size: SizeExpression): Sized[] {
  return sizesOf(frame, state, size, values, result, node);
}

function writes(
  call: Call,
  state: State,
  effect: Extract<Effect, { is: 'writes' }>,
  value: Value,
  bytes: Linear,
): State[] {
  const { frame, values, node } = call;
  const { world } = frame.run;
  if (!checkAccess(frame, state, value, bytes, 'write', node)) return [];
  if (value.is !== 'pointer') {
    forgetShared(frame, state);
    return [state];
  }
  const [to, second] = value.targets;
  const from = effect.from === undefined ? undefined : values[effect.from]?.value;
  const source = from?.is === 'pointer' && from.targets.length === 1 ? from.targets[0] : undefined;
  if (to !== undefined && second === undefined && source !== undefined) {
    copyMemory(world, state, to, source, bytes);
    return [state];
  }
  for (const target of value.targets) {
    let fill: Fill = { is: effect.input ? 'input' : 'unknown' };
    const byte = effect.fill === undefined ? undefined : sizes(call, state, effect.fill)[0]?.of;
    const exact = byte === undefined ? undefined : numberOf(byte);
    if (exact !== undefined) fill = { is: 'bytes', value: ((exact % 256) + 256) % 256 };
    fillMemory(world, state, target, bytes, fill, effect.upTo || value.targets.length > 1);
  }
  return [state];
}

function readsString(
  { frame, values, result, node }: Call,
  state: State,
  effect: Extract<Effect, { is: 'reads-string' }>,
  value: Value,
): State[] {
  if (!checkNotNull(frame, state, value, node)) return [];
  if (effect.atMost !== undefined) {
    return chain(sizesOf(frame, state, effect.atMost, values, result, node), ({ state: at, of }) => {
      // A string that ends within the limit is fine; without an end all of the limit is read.
      const length = stringLength(frame, at.fork(), value, node, false);
      if (length === undefined || maximum(frame.run.world, at, length).value >= 2 ** 61) return [at];
      return chain(smaller(frame, at, plus(length, 1), of), (each) =>
        checkAccess(frame, each.state, value, each.of, 'read', node) ? [each.state] : [],
      );
    });
  }
  const other = effect.beside === undefined ? undefined : values[effect.beside]?.value;
  const end = other && stringLength(frame, state.fork(), other, node, false);
  const read = end === undefined ? Infinity : maximum(frame.run.world, state, end).value + 1;
  const length = stringLength(frame, state, value, node, true, read);
  if (length === undefined) return [];
  return checkAccess(frame, state, value, undefined, 'read', node) ? [state] : [];
}

function writesString(
  call: Call,
  state: State,
  effect: Extract<Effect, { is: 'writes-string' }>,
  value: Value,
): State[] {
  const { frame, values, node } = call;
  const { world } = frame.run;
  const lengths: Sized[] =
    effect.length === INPUT
      ? [{ state, of: symbolLinear(world.symbol(effect.notEmpty ? 1 : 0, MAX_TEXT, 'input', node)) }]
      : sizes(call, state, effect.length);
  return lengths
    .flatMap((length): Sized[] => {
      if (effect.limit === undefined) return [length];
      return chain(sizesOf(frame, length.state, effect.limit, values, call.result, node), (limit) => {
        // A limit of 0 writes nothing.
        if (maximum(world, limit.state, limit.of).value <= 0) return [];
        return smaller(frame, limit.state, length.of, plus(limit.of, -1));
      });
    })
    .flatMap((length): State[] => {
      const before = effect.append ? stringLength(frame, length.state, value, node, true) : ZERO;
      if (before === undefined) return [];
      const to = moved(value, before);
      const bytes = plus(length.of, 1);
      if (
        !checkAccess(
          frame,
          length.state,
          to.is === 'unknown' ? value : to,
          to.is === 'unknown' ? undefined : bytes,
          'write',
          node,
        )
      )
        return [];
      if (value.is !== 'pointer') {
        forgetShared(frame, length.state);
        return [length.state];
      }
      for (const target of to.is === 'pointer' ? to.targets : value.targets) {
        fillMemory(world, length.state, target, bytes, { is: 'unknown' }, true);
        if (effect.length === INPUT) world.outside.add(target.object);
      }
      const [target, second] = value.targets;
      const whole = addLinear(before, length.of);
      if (target !== undefined && second === undefined && whole !== undefined)
        noteString(world, length.state, target, whole);
      return [length.state];
    });
}

/** A string whose length is not known, cut to a limit. */
function fillsString(
  call: Call,
  state: State,
  effect: Extract<Effect, { is: 'fills-string' }>,
  value: Value,
): State[] {
  const { frame, values, node } = call;
  const { world } = frame.run;
  const limits: Sized[] =
    effect.limit === undefined
      ? [{ state, of: symbolLinear(world.symbol(1, 2 ** 62, 'derived')) }]
      : sizesOf(frame, state, effect.limit, values, call.result, node);
  return chain(limits, ({ state: at, of }) => {
    if (!checkAccess(frame, at, value, effect.limit === undefined ? undefined : of, 'write', node)) return [];
    if (value.is !== 'pointer') return [at];
    const length = world.symbol(0, Math.max(0, maximum(world, at, of).value - 1), 'derived');
    for (const target of value.targets) fillMemory(world, at, target, of, { is: 'unknown' }, true);
    const [target, second] = value.targets;
    if (target !== undefined && second === undefined) noteString(world, at, target, symbolLinear(length));
    return [at];
  });
}

/** `strncpy` writes all of its bytes; whether a zero byte is among them depends on the length of the string. */
function copiesString(
  call: Call,
  state: State,
  effect: Extract<Effect, { is: 'copies-string' }>,
  value: Value,
): State[] {
  const { frame, values, node } = call;
  const { world } = frame.run;
  const from = values[effect.from]?.value ?? UNKNOWN_VALUE;
  return chain(sizes(call, state, effect.bytes), ({ state: at, of }) => {
    if (!checkAccess(frame, at, value, of, 'write', node)) return [];
    if (value.is !== 'pointer') return [at];
    const length =
      stringLength(frame, at, from, node, false) ?? symbolLinear(world.symbol(0, 2 ** 62, 'derived'));
    const [target, second] = value.targets;
    return smaller(frame, at, plus(length, 1), of).map(({ state: path, of: written }) => {
      const isCut = written === of;
      for (const each of value.targets)
        fillMemory(world, path, each, of, isCut ? NOT_ZERO : { is: 'unknown' }, value.targets.length > 1);
      if (!isCut && target !== undefined && second === undefined) noteString(world, path, target, length);
      return path;
    });
  });
}

/** Bytes of a text that are not zero; which they are is not known, and does not matter for where it ends. */
const NOT_ZERO: Fill = { is: 'bytes', value: 1 };

function leaves(frame: Frame, state: State, value: Value): State[] {
  // `accept(s, NULL, NULL)`
  if (value.is === 'int') return [state];
  if (value.is === 'pointer')
    for (const { object } of value.targets) forgetObject(frame.run.world, state, object);
  // What is null gets nothing.
  else if (value.is === 'unknown') forgetShared(frame, state);
  return [state];
}

function resultOf(call: Call, state: State, returned: Returned | undefined): Result[] {
  const { frame, values, node, result } = call;
  const { world } = frame.run;
  if (returned === undefined) return [{ state, value: unknownOf(world, state, INT, 'derived'), type: INT }];
  switch (returned.is) {
    case 'argument': {
      const given = values[returned.argument];
      if (given?.value.is !== 'pointer' || !returned.fails)
        return given === undefined ? [] : [{ state, value: given.value, type: given.type }];
      const nullness = world.symbol(0, 1, 'null', node, 'given');
      return [{ state, value: { is: 'pointer', targets: given.value.targets, nullness }, type: given.type }];
    }
    case 'number':
      noteTold(call, state, returned);
      return [
        {
          state,
          value: result === undefined ? UNKNOWN_VALUE : intValue(result),
          type: numberType(world.symbols[result?.terms[0]?.symbol ?? -1]?.range),
        },
      ];
    case 'descriptor':
      return [openDescriptor(call, state)];
    case 'value':
      return sizes(call, state, returned.of).map((each) => ({
        state: each.state,
        value: intValue(each.of),
        type: ULONG,
      }));
    case 'within': {
      const given = values[returned.argument];
      if (given?.value.is !== 'pointer')
        return [{ state, value: unknownOf(world, state, CHAR_POINTER, 'derived'), type: CHAR_POINTER }];
      const length = stringLength(frame, state, given.value, node, false);
      const byte = returned.byte === undefined ? undefined : values[returned.byte]?.value;
      if (byte?.is === 'int' && numberOf(byte.of) === 0 && length !== undefined)
        return [{ state, value: moved(given.value, length), type: given.type }];
      const isByte = byte?.is === 'int' && (numberOf(byte.of) ?? 0) !== 0;
      const followed = returned.followed && sizes(call, state, returned.followed)[0]?.of;
      const behind = isByte ? 1 : followed === undefined ? 0 : minimum(world, state, followed).value;
      const most = length === undefined ? 2 ** 62 : maximum(world, state, length).value - behind;
      // It is longer than the whole: nothing is found.
      if (most < 0 && returned.fails) return [{ state, value: intValue(ZERO), type: CHAR_POINTER }];
      // Where it is found the object is as long: not so short as its size may be.
      for (const { object } of given.value.targets) unseeSize(world, state, object);
      const [only, second] = length?.terms ?? [];
      // In a text from outside a byte stands wherever the sender put it.
      const text = node.part('arguments');
      const isAnywhere =
        isByte &&
        only !== undefined &&
        world.symbols[only.symbol]?.kind === 'input' &&
        text !== undefined &&
        !isSearchedBefore(frame, text, numberOf(byte.of) ?? 0, node.start);
      const offset = world.symbol(0, Math.max(0, most), isAnywhere ? 'input' : 'derived', node);
      if (only?.factor === 1 && second === undefined)
        state.setDifference({
          a: offset,
          b: only.symbol,
          most: (length?.constant ?? 0) - behind,
          seen: false,
        });
      const value = moved(given.value, symbolLinear(offset));
      const nullness = returned.fails ? world.symbol(0, 1, 'null', node, 'result') : undefined;
      return [
        {
          state,
          value: value.is === 'pointer' ? { is: 'pointer', targets: value.targets, nullness } : value,
          type: given.type.is === 'pointer' ? given.type : CHAR_POINTER,
        },
      ];
    }
    case 'string': {
      const length = world.symbol(0, returned.most ?? MAX_TEXT, returned.input ? 'input' : 'derived', node);
      const object = world.newObject(
        state,
        { kind: 'unknown', type: CHAR, node, size: plus(symbolLinear(length), 1) },
        { is: 'unknown' },
      );
      noteString(world, state, targetAt(object, ZERO), symbolLinear(length));
      const nullness = returned.fails ? world.symbol(0, 1, 'null', node, 'result') : undefined;
      return [{ state, value: pointerTo(object, ZERO, nullness), type: CHAR_POINTER }];
    }
    case 'allocation':
      return allocate(call, state, returned);
  }
}

/** Remembers what is learned of the arguments where the result is tested. */
function noteTold(
  call: Call,
  state: State,
  { notZeroFor, compares }: Extract<Returned, { is: 'number' }>,
): void {
  const { frame, values, node, result } = call;
  const { tells } = frame.run.world;
  const symbol = result?.terms[0]?.symbol;
  if (symbol === undefined) return;
  const tested = notZeroFor === undefined ? undefined : values[notZeroFor.argument]?.value;
  if (notZeroFor !== undefined && tested?.is === 'int')
    tells.set(symbol, { is: 'argument', of: tested.of, least: notZeroFor.least, most: notZeroFor.most });
  if (compares === undefined) return;
  const lengthOf = (argument: number): Linear | undefined => {
    const value = values[argument]?.value;
    const isOne = value?.is === 'pointer' && value.targets.length === 1;
    return isOne ? stringLength(frame, state, value, node, false) : undefined;
  };
  const [one, other] = [lengthOf(compares.one), lengthOf(compares.other)];
  const limits = compares.atMost === undefined ? [] : sizes(call, state, compares.atMost);
  if (one !== undefined && other !== undefined && limits.length < 2)
    tells.set(symbol, { is: 'lengths', one, other, limit: limits[0]?.of });
}

function numberType(symbol: { readonly lo: number; readonly hi: number } | undefined): CType {
  return symbol !== undefined && (symbol.hi > 0x7fffffff || symbol.lo < -0x80000000)
    ? { is: 'int', size: 8, signed: true }
    : INT;
}
