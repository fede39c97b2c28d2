import type { Node } from '../ast/node.ts';
import {
  assumeAtMostZero,
  assumeNotZero,
  assumeZero,
  maximum,
  minimum,
  narrow,
  rangeOf,
  unsee,
} from './constraints.ts';
import { convert } from './arithmetic.ts';
import { assumeConsequences } from './consequences.ts';
import { commonType, decayed, type CType } from './ctypes.ts';
import { evaluate } from './evaluate.ts';
import { plus, subtractLinear, ZERO, type Linear } from './linear.ts';
import { argumentsOf, frameWith, macroFrame, MAX_MACROS, type Frame } from './run.ts';
import { sameValue, UNKNOWN_VALUE, type Pointer, type State, type Target, type Value } from './state.ts';
import { isCondition, isUndeclared, MACRO_NAME, polarityOf } from './unseenMacros.ts';
import type { World } from './world.ts';

/** The paths on which a condition holds, and those on which it does not. */
export interface Branches {
  readonly yes: readonly State[];
  readonly no: readonly State[];
}

/** Calls around a condition that say how likely it is. */
const HINTS = new Set(['__builtin_expect', 'likely', 'unlikely', '__builtin_expect_with_probability']);

/**
 * `UNLIKELY(p == NULL)`, `WARN_ON(p == NULL)`: by its name a macro that is not seen gives back what it is given. `VERIFY(p != NULL)` may give back that, or
 * the code of an error where it does not hold.
 */
function isUnseenHint(frame: Frame, name: string, call: Node, first: Node): boolean {
  const { hints } = frame.run;
  if (!MACRO_NAME.test(name) || !isUndeclared(frame, name)) return false;
  if (hints.says('gives-back', name)) return true;
  return (
    isCondition(first) && call.parts('arguments').length === 1 && polarityOf(hints, name)?.holds === false
  );
}

/** Parts a path by a condition. The path handed in is used up. */
export function branch(frame: Frame, state: State, node: Node): Branches {
  switch (node.kind) {
    case 'unary':
      if (node.part('operator')?.text === '!') {
        const operand = node.part('operand');
        if (operand !== undefined) {
          const { yes, no } = branch(frame, state, operand);
          return { yes: no, no: yes };
        }
      }
      break;
    case 'binary': {
      const [left, right] = [node.part('left'), node.part('right')];
      const operator = node.part('operator')?.text ?? '';
      if (left === undefined || right === undefined) break;
      if (operator === '&&') {
        const first = branch(frame, state, left);
        const second = first.yes.map((each) => branch(frame, each, right));
        return {
          yes: second.flatMap(({ yes }) => yes),
          no: [...first.no, ...second.flatMap(({ no }) => no)],
        };
      }
      if (operator === '||') {
        const first = branch(frame, state, left);
        const second = first.no.map((each) => branch(frame, each, right));
        return {
          yes: [...first.yes, ...second.flatMap(({ yes }) => yes)],
          no: second.flatMap(({ no }) => no),
        };
      }
      if (OPPOSITES[operator] !== undefined) return compare(frame, state, operator, left, right, node);
      break;
    }
    case 'call': {
      const name = node.part('callee')?.text ?? '';
      const [first] = node.parts('arguments');
      if (first !== undefined && (HINTS.has(name) || isUnseenHint(frame, name, node, first)))
        return branch(frame, state, first);
      const macro = frame.unit.functionNamed(name) === undefined ? frame.unit.macro(name) : undefined;
      if (macro?.parameters !== undefined && macro.body.kind !== 'block' && frame.macros < MAX_MACROS)
        return branch(macroFrame(frame, macro, node, argumentsOf(frame, node)), state, macro.body);
      break;
    }
    case 'identifier': {
      const given = frame.site === undefined ? undefined : frame.arguments.get(node.text);
      if (given !== undefined)
        return branch(frameWith(given.frame, { aside: frame.aside }), state, given.node);
      break;
    }
    default:
  }
  return joinBranches(
    evaluate(frame, state, node).map((each) =>
      guessed(
        frame,
        node,
        [each.value],
        doubtConstant(frame, '!=', [node], [each.value], truth(frame, each.state, each.value)),
      ),
    ),
  );
}

/** Notes that a path took one side of a condition on something that is not seen: other such conditions may hang together with it. */
function guessed(frame: Frame, node: Node, values: readonly Value[], branches: Branches): Branches {
  const { yes, no } = branches;
  if (yes.length === 0 || no.length === 0 || !values.some((value) => isForeign(frame, value)))
    return branches;
  const ofNumber = values.every(({ is }) => is !== 'pointer');
  for (const each of [...yes, ...no]) each.guess(frame.site ?? node, ofNumber);
  return branches;
}

function isForeign({ run: { world } }: Frame, value: Value): boolean {
  if (value.is === 'int')
    return value.of.terms.some(({ symbol }) => {
      const kind = world.symbols[symbol]?.kind;
      return kind === 'foreign' || kind === 'derived';
    });
  if (value.is === 'pointer')
    return value.nullness !== undefined && world.symbols[value.nullness]?.reason === 'given';
  return value.is === 'unknown';
}

function joinBranches(all: readonly Branches[]): Branches {
  const [only] = all;
  if (all.length === 1 && only !== undefined) return only;
  return { yes: all.flatMap(({ yes }) => yes), no: all.flatMap(({ no }) => no) };
}

/** Parts a path by whether a value is zero or null. */
export function truth(frame: Frame, state: State, value: Value): Branches {
  const { world } = frame.run;
  switch (value.is) {
    case 'int': {
      const other = state.fork();
      return unlikely(frame, '!=', value.of, ZERO, {
        yes:
          assumeNotZero(world, state, value.of, true) && assumeConsequences(world, state, value.of)
            ? [state]
            : [],
        no:
          assumeZero(world, other, value.of, true) && assumeConsequences(world, other, value.of)
            ? [other]
            : [],
      });
    }
    case 'pointer': {
      if (value.nullness === undefined) return { yes: [state], no: [] };
      const other = state.fork();
      return {
        yes: narrow(world, state, value.nullness, 0, 0, true) ? [state] : [],
        no: isFoundNull(world, other, value.nullness)
          ? [withoutBlock(frame, doubted(frame, other, value.nullness), value)]
          : [],
      };
    }
    case 'function':
      return { yes: [state], no: [] };
    default:
      return { yes: [state.fork()], no: [state] };
  }
}

function isFoundNull(world: World, state: State, nullness: number): boolean {
  if (!narrow(world, state, nullness, 1, 1, true)) return false;
  // Known before, as of `realloc` on the path on which it fails: now the code says so, too.
  state.setRange(nullness, { ...rangeOf(world, state, nullness), loSeen: true });
  return true;
}

/** A helper that tests for null what its callers are given says nothing about these callers. */
function doubted({ run: { world }, aside }: Frame, state: State, nullness: number): State {
  const info = world.symbols[nullness];
  // What comes from code that is not seen has no place in the text.
  if (aside && info?.reason === 'given' && info.node === undefined) state.doubtful = true;
  return state;
}

/** Where an allocation failed there is no block that could be lost. */
function withoutBlock({ run: { world } }: Frame, state: State, { targets, nullness }: Pointer): State {
  for (const { object } of targets)
    if (world.info(object)?.kind === 'heap' && world.info(object)?.nullness === nullness)
      state.removeObject(object);
  return state;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function compare(
  frame: Frame,
  state: State,
  operator: string,
  left: Node,
  right: Node,
  node: Node,
): Branches {
  const all: Branches[] = [];
  for (const one of evaluate(frame, state, left)) {
    for (const other of evaluate(frame, one.state, right)) {
      const [a, b] = [one.value, other.value];
      if (
        (operator === '==' || operator === '!=') &&
        areApartByName(frame, other.state, [left, right], a, b)
      ) {
        const apart: Branches = { yes: [], no: [other.state] };
        all.push(operator === '==' ? apart : reversed(apart));
        continue;
      }
      if (a.is === 'int' && b.is === 'int' && !(isPointer(one.type) || isPointer(other.type))) {
        if (one.type.is === 'int' && other.type.is === 'int') {
          const type = commonType(one.type, other.type);
          for (const x of convert(frame, other.state, a, one.type, type, node)) {
            for (const y of convert(frame, x.state, b, other.type, type, node)) {
              if (x.value.is === 'int' && y.value.is === 'int')
                all.push(
                  guessed(
                    frame,
                    node,
                    [x.value, y.value],
                    doubtConstant(
                      frame,
                      operator,
                      [left, right],
                      [x.value, y.value],
                      unlikely(
                        frame,
                        operator,
                        x.value.of,
                        y.value.of,
                        compareNumbers(frame, y.state, operator, x.value.of, y.value.of),
                      ),
                    ),
                  ),
                );
            }
          }
          continue;
        }
        all.push(guessed(frame, node, [a, b], compareNumbers(frame, other.state, operator, a.of, b.of)));
        continue;
      }
      if (a.is === 'unknown' || b.is === 'unknown') compareWithUnknown(frame, other.state, a, b);
      all.push(guessed(frame, node, [a, b], comparePointers(frame, other.state, operator, a, b)));
    }
  }
  return joinBranches(all);
}

/** What is tested against something that is not known may be in order: no value of it is said to occur any more. */
function compareWithUnknown({ run: { world } }: Frame, state: State, ...values: readonly Value[]): void {
  for (const value of values) {
    if (value.is !== 'int') continue;
    for (const { symbol } of value.of.terms) {
      unsee(world, state, symbol, true);
      unsee(world, state, symbol, false);
    }
  }
}

/** A macro provides for a special value of what any of its users may give; that this one has it is not said. */
function isUnseenInMacro({ run, macros }: Frame, of: Linear): boolean {
  return (
    macros > 0 &&
    of.terms.some(({ symbol }) => {
      const kind = run.world.symbols[symbol]?.kind;
      return kind === 'foreign' || kind === 'given' || kind === 'length';
    })
  );
}

/** That a number which is not seen and another one just cancel each other out, as in `ERROR - ret == 0`, no code says. */
function unlikely(frame: Frame, operator: string, left: Linear, right: Linear, branches: Branches): Branches {
  const isSum = (of: Linear): boolean =>
    (of.constant !== 0 && isForeign(frame, { is: 'int', of })) || isUnseenInMacro(frame, of);
  const isExact = (of: Linear): boolean => of.terms.length === 0;
  if (!(isSum(left) && isExact(right)) && !(isSum(right) && isExact(left))) return branches;
  const equal = operator === '==' ? branches.yes : operator === '!=' ? branches.no : [];
  for (const each of equal) each.doubtful = true;
  return branches;
}

/** A number that is one constant of a header, on this path at least. */
export function headerConstant({ constants }: World, state: State, value: Value): number | undefined {
  if (value.is !== 'int' || value.of.constant !== 0 || value.of.terms.length !== 1) return undefined;
  const [only] = value.of.terms;
  if (only?.factor !== 1) return undefined;
  if (constants.has(only.symbol)) return only.symbol;
  if (!state.isTied(only.symbol)) return undefined;
  const { differences } = state;
  // `if (action == RESERVE)`: neither of the two is more than the other.
  const equal = differences.find(
    ({ a, b, most }) =>
      a === only.symbol &&
      most === 0 &&
      constants.has(b) &&
      differences.some((each) => each.a === b && each.b === a && each.most === 0),
  );
  return equal?.b;
}

/** Two constants of headers that have two names: whoever gave them these tells them apart. */
function areTwoConstants(world: World, state: State, a: Value, b: Value): boolean {
  const [one, other] = [headerConstant(world, state, a), headerConstant(world, state, b)];
  return one !== undefined && other !== undefined && one !== other;
}

/** The same, of which one may be that of success, which is known to be 0. */
function areApartByName(
  { run: { world, constants } }: Frame,
  state: State,
  nodes: readonly Node[],
  a: Value,
  b: Value,
): boolean {
  if (areTwoConstants(world, state, a, b)) return true;
  const isSuccess = (value: Value): boolean =>
    isNull(value) && nodes.some(({ text }) => text !== '0' && isNull(constants.get(text) ?? UNKNOWN_VALUE));
  return (
    (headerConstant(world, state, a) !== undefined && isSuccess(b)) ||
    (headerConstant(world, state, b) !== undefined && isSuccess(a))
  );
}

/**
 * `result = URL_MALFORMED; ... if (result) return;`: that a constant which was put into a variable is just the number that the variable is compared
 * with, no code says.
 */
function doubtConstant(
  { run: { world, constants } }: Frame,
  operator: string,
  nodes: readonly Node[],
  values: readonly Value[],
  branches: Branches,
): Branches {
  if (branches.yes.length === 0 || branches.no.length === 0) return branches;
  const isHeld = values.some(
    (value) =>
      value.is === 'int' &&
      value.of.constant === 0 &&
      value.of.terms.length === 1 &&
      value.of.terms.every(({ symbol }) => world.constants.has(symbol)),
  );
  if (!isHeld || nodes.some(({ text }) => constants.has(text))) return branches;
  const equal = operator === '==' ? branches.yes : operator === '!=' ? branches.no : [];
  for (const each of equal) each.doubtful = true;
  return branches;
}

function isPointer(type: CType): boolean {
  return decayed(type).is === 'pointer';
}

/** Parts a path by a comparison of two numbers. */
export function compareNumbers(
  frame: Frame,
  state: State,
  operator: string,
  left: Linear,
  right: Linear,
): Branches {
  const { world } = frame.run;
  const difference = subtractLinear(left, right);
  if (difference === undefined) return { yes: [state.fork()], no: [state] };
  const opposite = subtractLinear(right, left);
  const holds = (at: State, how: string): boolean => {
    if (opposite === undefined) return true;
    switch (how) {
      case '<':
        return assumeAtMostZero(world, at, plus(difference, 1), true);
      case '<=':
        return assumeAtMostZero(world, at, difference, true);
      case '>':
        return assumeAtMostZero(world, at, plus(opposite, 1), true);
      case '>=':
        return assumeAtMostZero(world, at, opposite, true);
      case '==':
        return assumeZero(world, at, difference, true);
      default:
        return assumeNotZero(world, at, difference, true);
    }
  };
  const other = state.fork();
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && isBetweenKnown(world, state, difference))
    (operator === '==' ? state : other).doubtful = true;
  return {
    yes: holds(state, operator) && assumeConsequences(world, state, difference) ? [state] : [],
    no:
      holds(other, OPPOSITES[operator] ?? '!=') && assumeConsequences(world, other, difference)
        ? [other]
        : [],
  };
}

/** Of a number that was one of several only the bounds are known: whether it is just one between them, no code says. */
function isBetweenKnown(world: World, state: State, difference: Linear): boolean {
  const [only, second] = difference.terms;
  if (only === undefined || second !== undefined || !world.sparse.has(only.symbol)) return false;
  return minimum(world, state, difference).value < 0 && maximum(world, state, difference).value > 0;
}

function comparePointers(frame: Frame, state: State, operator: string, left: Value, right: Value): Branches {
  const isEqual = operator === '==';
  const swap = ({ yes, no }: Branches): Branches => (isEqual ? { yes, no } : { yes: no, no: yes });
  if (operator === '==' || operator === '!=') {
    if (isNull(left)) return swap(reversed(truth(frame, state, right)));
    if (isNull(right)) return swap(reversed(truth(frame, state, left)));
  }
  if (left.is === 'pointer' && right.is === 'pointer') {
    const [a, b] = [onlyTarget(left), onlyTarget(right)];
    const areThere = isThere(frame, state, left) && isThere(frame, state, right);
    const isOne = a !== undefined && a.object === b?.object && frame.run.world.info(a.object)?.many !== true;
    if (areThere && isOne) return compareNumbers(frame, state, operator, a.offset, b.offset);
    if (operator === '==' || operator === '!=') {
      // Null or not, it is the same.
      if (isOne && sameValue(left, right)) return swap({ yes: [state], no: [] });
      const equal = areApart(frame, left, right)
        ? bothNull(frame, state.fork(), left, right)
        : alsoThere(frame, state.fork(), left, right);
      return swap({ yes: equal === undefined ? [] : [equal], no: [state] });
    }
  }
  return { yes: [state.fork()], no: [state] };
}

/** They lead to different variables or blocks, if they lead anywhere. What a caller gives was there before anything that is made here. */
function areApart({ run: { world } }: Frame, left: Pointer, right: Pointer): boolean {
  const are = ({ targets }: Pointer, kinds: ReadonlySet<string>): boolean =>
    targets.length > 0 && targets.every(({ object }) => kinds.has(world.info(object)?.kind ?? ''));
  if (are(left, MADE_HERE) && are(right, GIVEN)) return true;
  if (are(right, MADE_HERE) && are(left, GIVEN)) return true;
  return (
    are(left, OWN) &&
    are(right, OWN) &&
    left.targets.every(({ object }) => right.targets.every((each) => each.object !== object))
  );
}

const OWN: ReadonlySet<string> = new Set(['local', 'heap', 'static']);
const MADE_HERE: ReadonlySet<string> = new Set(['local', 'heap']);
const GIVEN: ReadonlySet<string> = new Set(['given']);

/** Pointers to different things are equal where both are null; undefined where they cannot be. Seldom is that what was asked. */
function bothNull(frame: Frame, state: State, ...pointers: readonly Pointer[]): State | undefined {
  for (const pointer of pointers) {
    const { nullness } = pointer;
    if (nullness === undefined || !narrow(frame.run.world, state, nullness, 1, 1, false)) return undefined;
    withoutBlock(frame, state, pointer);
  }
  state.doubtful = true;
  return state;
}

/** Where pointers are equal and one of them is not null, neither is the other one; undefined where it is. */
function alsoThere(frame: Frame, state: State, ...pointers: readonly Pointer[]): State | undefined {
  if (!pointers.some((each) => isThere(frame, state, each))) return state;
  const areThere = pointers.every(
    ({ nullness }) => nullness === undefined || narrow(frame.run.world, state, nullness, 0, 0, true),
  );
  return areThere ? state : undefined;
}

/** Known not to be null. */
function isThere({ run: { world } }: Frame, state: State, { nullness }: Pointer): boolean {
  return nullness === undefined || rangeOf(world, state, nullness).hi === 0;
}

function reversed({ yes, no }: Branches): Branches {
  return { yes: no, no: yes };
}

function onlyTarget({ targets }: Pointer): Target | undefined {
  return targets.length === 1 ? targets[0] : undefined;
}

function isNull(value: Value): boolean {
  return value.is === 'int' && value.of.terms.length === 0 && value.of.constant === 0;
}
