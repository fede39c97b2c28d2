import type { Node } from '../ast/node.ts';
import { checkAccess, checkNotNull } from './access.ts';
import { maximum, minimum } from './constraints.ts';
import { limitsOf, VOID, type CType } from './ctypes.ts';
import { addLinear, constantLinear, numberOf, plus, symbolLinear, type Linear } from './linear.ts';
import { bytesOf } from './literals.ts';
import { fillMemory, noteString, unknownOf } from './memory.ts';
import { reportAt, type Frame, type Result } from './run.ts';
import { intValue, memoryWith, NO_VALUES, type Range, type State, type Value } from './state.ts';
import { stringLength } from './strings.ts';
import { isUndeclared, MACRO_NAME } from './unseenMacros.ts';
import { MAX_TEXT } from './world.ts';

/** One conversion of a format: `%-8.3s`. */
interface Conversion {
  readonly letter: string;
  /** `undefined` when not written, `*` when an argument gives it. */
  readonly width: number | '*' | undefined;
  readonly precision: number | '*' | undefined;
  readonly size: string;
  /** `%*d` of `scanf` stores nothing. */
  readonly skips: boolean;
}

const CONVERSION =
  /%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?(hh|h|ll|l|j|z|t|L|q)?(%|\[\^?\]?[^\]]*\]|[a-zA-Z])/g;

/** Bytes of a format that are no conversions, and its conversions; undefined when the format is no literal. */
function formatOf(
  frame: Frame,
  value: Value | undefined,
): { readonly plain: number; readonly conversions: readonly Conversion[] } | undefined {
  if (value?.is !== 'pointer' || value.targets.length !== 1) return undefined;
  const [target] = value.targets;
  const info = target && frame.run.world.info(target.object);
  if (
    target === undefined ||
    info?.kind !== 'string' ||
    info.node === undefined ||
    numberOf(target.offset) !== 0
  )
    return undefined;
  const text = info.node.text;
  const conversions: Conversion[] = [];
  let percents = 0;
  const rest = text.replace(
    CONVERSION,
    (_all, _flags: string, width?: string, precision?: string, size?: string, letter?: string) => {
      if (letter === '%') {
        percents++;
        return '';
      }
      const number = (of: string | undefined): number | '*' | undefined =>
        of === undefined ? undefined : of === '*' ? '*' : Number(of);
      conversions.push({
        letter: letter ?? '',
        width: number(width),
        precision: number(precision),
        size: size ?? '',
        skips: width === '*',
      });
      return '';
    },
  );
  return { plain: bytesOf(rest).length + percents, conversions };
}

/** Decimal digits that a number of a conversion may have, with its sign. */
function digitsOf({ letter, size }: Conversion): number {
  const isLong = size === 'l' || size === 'll' || size === 'j' || size === 'z' || size === 't';
  if (letter === 'x' || letter === 'X') return isLong ? 16 : 8;
  return isLong ? 20 : size === 'hh' ? 4 : size === 'h' ? 6 : 11;
}

/** Length of what is printed. What is not known is a number without bounds that some run has. */
export function formattedLength(
  frame: Frame,
  state: State,
  values: readonly Result[],
  argument: number,
  node: Node,
): Linear {
  const { world } = frame.run;
  const unknown = (): Linear => symbolLinear(world.symbol(0, 2 ** 62, 'derived'));
  const format = formatOf(frame, values[argument]?.value);
  if (format === undefined) return unknown();
  let length: Linear = constantLinear(format.plain);
  let next = argument + 1;
  for (const conversion of format.conversions) {
    if (conversion.width === '*' || conversion.precision === '*') return unknown();
    const given = values[next++];
    const part = partLength(frame, state, conversion, given, node);
    const sum = addLinear(length, part);
    if (sum === undefined) return unknown();
    length = sum;
  }
  return length;
}

function partLength(
  frame: Frame,
  state: State,
  conversion: Conversion,
  given: Result | undefined,
  node: Node,
): Linear {
  const { world } = frame.run;
  const { letter, width, precision } = conversion;
  const least = typeof width === 'number' ? width : 0;
  const between = (lo: number, hi: number): Linear =>
    lo === hi
      ? constantLinear(lo)
      : symbolLinear(world.symbol(Math.max(lo, least), Math.max(hi, least), 'derived'));
  switch (letter) {
    case 's': {
      const length = given && stringLength(frame, state, given.value, node, false);
      if (length === undefined) return between(0, 2 ** 62);
      const [lo, hi] = [minimum(world, state, length).value, maximum(world, state, length).value];
      if (typeof precision === 'number' && hi > precision) return between(Math.min(lo, precision), precision);
      return lo >= least ? length : between(lo, hi);
    }
    case 'c':
      return constantLinear(Math.max(1, least));
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X': {
      const value = given?.value;
      if (value?.is === 'int' && letter !== 'x' && letter !== 'X') {
        const [lo, hi] = [minimum(world, state, value.of).value, maximum(world, state, value.of).value];
        const digits = (of: number): number => String(Math.trunc(of)).length;
        if (Number.isSafeInteger(lo) && Number.isSafeInteger(hi))
          return between(lo === hi ? digits(lo) : lo < 0 ? 1 : digits(lo), Math.max(digits(lo), digits(hi)));
      }
      return between(1, digitsOf(conversion));
    }
    default:
      return between(0, 400);
  }
}

/** Texts that are printed must be there. */
export function checkPrinted(
  frame: Frame,
  state: State,
  values: readonly Result[],
  argument: number,
  node: Node,
): State[] {
  const format = formatOf(frame, values[argument]?.value);
  if (format === undefined) return [state];
  let next = argument + 1;
  // In a macro the arguments may be those of another call; `%m` is a word of its own.
  const isWhole =
    frame.site === undefined &&
    format.conversions.every(({ letter }) => PRINTED.test(letter)) &&
    !node
      .parts('arguments')
      .slice(argument + 1)
      .some((each) => mayBeSeveral(frame, each));
  for (const { letter, width, precision } of format.conversions) {
    if (width === '*') next++;
    if (precision === '*') next++;
    const given = values[next++];
    const mismatch = isWhole ? mismatchOf(letter, given, node.parts('arguments')[next - 1]) : undefined;
    if (mismatch !== undefined) reportAt(frame, state, node, 'format-mismatch', 'proved', mismatch);
    if (letter !== 's' || given === undefined) continue;
    if (!checkNotNull(frame, state, given.value, node)) return [];
    if (!checkAccess(frame, state, given.value, undefined, 'read', node)) return [];
    if (precision === undefined && stringLength(frame, state, given.value, node, true) === undefined)
      return [];
  }
  return [state];
}

/** `#define HEADINGS "name", "size"`, `BYTES_OF(address)`: a macro may stand for several arguments, and so may one that is not seen. */
function mayBeSeveral(frame: Frame, argument: Node): boolean {
  const { unit, run } = frame;
  const named = argument.kind === 'call' ? argument.part('callee') : argument;
  if (named?.kind !== 'identifier') return false;
  const macro = unit.macro(named.text);
  if (macro !== undefined) return macro.body.kind === ':comma_expression';
  if (!MACRO_NAME.test(named.text) || unit.declarationOf(named) !== undefined) return false;
  return argument.kind === 'call'
    ? isUndeclared(frame, named.text)
    : run.constant(named.text) === undefined && unit.types.enumerator(named.text) === undefined;
}

const PLAIN: ReadonlySet<string> = new Set(['identifier', 'member', 'index', 'unary', 'number']);

const PRINTED = /^[diouxXcsfFeEgGaAp]$/;

/** What an argument is not that its conversion takes it for. */
function mismatchOf(
  letter: string,
  given: Result | undefined,
  argument: Node | undefined,
): string | undefined {
  if (given === undefined) return `no argument is given for \`%${letter}\``;
  const isZero = given.value.is === 'int' && numberOf(given.value.of) === 0;
  // A name of capitals may be any macro, and what a call returns may not be known.
  const isPlain =
    argument !== undefined && PLAIN.has(argument.kind) && !/^[A-Z][A-Z0-9_]*$/.test(argument.text);
  if (letter === 's' && given.type.is === 'int' && !isZero && isPlain) return '`%s` is given a number';
  return undefined;
}

/** What `scanf` stores: numbers and texts from outside. */
export function scan(
  frame: Frame,
  state: State,
  values: readonly Result[],
  argument: number,
  text: number | undefined,
  node: Node,
): State[] {
  const { world } = frame.run;
  const format = formatOf(frame, values[argument]?.value);
  // Of a text in memory no part is longer than the whole.
  const whole =
    text === undefined
      ? undefined
      : stringLength(frame, state, values[text]?.value ?? { is: 'unknown' }, node, false);
  let next = argument + 1;
  if (format === undefined) {
    for (const given of values.slice(next)) if (!setNumber(frame, state, given, false, node)) return [];
    return [state];
  }
  for (const { letter, width, size, skips } of format.conversions) {
    if (skips) continue;
    const given = values[next++];
    if (given === undefined) continue;
    if (letter === 's' || letter.startsWith('[')) {
      const symbol = world.symbol(
        letter === 's' ? 1 : 0,
        typeof width === 'number' ? width : MAX_TEXT,
        'input',
        node,
      );
      const [only, second] = whole?.terms ?? [];
      if (whole !== undefined) {
        if (only?.factor === 1 && second === undefined)
          state.setDifference({ a: symbol, b: only.symbol, most: whole.constant, seen: true });
        else if (only === undefined)
          state.setRange(symbol, {
            lo: 0,
            hi: Math.min(whole.constant, typeof width === 'number' ? width : Infinity),
            loSeen: false,
            hiSeen: true,
            not: NO_VALUES,
          });
      }
      const length = symbolLinear(symbol);
      if (!checkAccess(frame, state, given.value, plus(length, 1), 'write', node)) return [];
      if (given.value.is !== 'pointer') continue;
      for (const target of given.value.targets)
        fillMemory(world, state, target, plus(length, 1), { is: 'unknown' }, true);
      const [target, other] = given.value.targets;
      if (target !== undefined && other === undefined) noteString(world, state, target, length);
      // `%n` counts what was read.
    } else {
      const most = NUMBER_SIZES[size] ?? 8;
      if (!setNumber(frame, state, given, letter !== 'n', node, { most, range: rangeRead(letter, width) }))
        return [];
    }
  }
  return [state];
}

/** Bytes that a conversion stores a number in. */
const NUMBER_SIZES: Readonly<Record<string, number>> = { hh: 1, h: 2, '': 4 };

/** The numbers that so many characters can stand for, where their number is limited: a sign is one of them. */
function rangeRead(letter: string, width: Conversion['width']): Pick<Range, 'lo' | 'hi'> | undefined {
  if (letter !== 'd' || typeof width !== 'number' || width < 1) return undefined;
  return { lo: 1 - 10 ** (width - 1), hi: 10 ** width - 1 };
}

/**
 * The variable behind a pointer gets a number; false when no run goes on.
 *
 * @param most bytes that are written, whatever the type is that the pointer leads to
 * @param range of the number, where it comes from outside and not all numbers of its type can come
 */
export function setNumber(
  frame: Frame,
  state: State,
  { value, type }: Result,
  input: boolean,
  node: Node,
  {
    most = Infinity,
    range,
    exact,
  }: {
    readonly most?: number;
    readonly range?: Pick<Range, 'lo' | 'hi'> | undefined;
    readonly exact?: Linear;
  } = {},
): boolean {
  const { world } = frame.run;
  const of: CType = type.is === 'pointer' ? type.to : VOID;
  const bytes = of.is === 'int' || of.is === 'float' ? constantLinear(Math.min(of.size, most)) : undefined;
  if (!checkAccess(frame, state, value, bytes, 'write', node)) return false;
  if (value.is !== 'pointer') return true;
  const [target, second] = value.targets;
  if (of.is !== 'int' || target === undefined || second !== undefined) {
    for (const each of value.targets)
      fillMemory(world, state, each, constantLinear(8), { is: 'unknown' }, true);
    return true;
  }
  fillMemory(world, state, target, constantLinear(of.size), { is: 'unknown' }, true);
  const memory = state.object(target.object);
  const at = numberOf(target.offset);
  const [lo, hi] = limitsOf(of);
  const some =
    exact !== undefined
      ? intValue(exact)
      : input && range !== undefined && range.lo >= lo && range.hi <= hi
        ? intValue(symbolLinear(world.symbol(range.lo, range.hi, 'input', node)))
        : input
          ? world.anyInt(of, 'input', node)
          : unknownOf(world, state, of, 'derived');
  if (memory !== undefined && at !== undefined && world.info(target.object)?.many !== true)
    state.setObject(
      target.object,
      memoryWith(memory, {
        cells: new Map(memory.cells).set(at, { size: of.size, limits: limitsOf(of), value: some }),
      }),
    );
  return true;
}
