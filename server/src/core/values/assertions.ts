import { descendants, type Node } from '../ast/node.ts';
import { isAskedBefore } from './askedBefore.ts';
import { branch, headerConstant } from './branch.ts';
import { chain } from './chain.ts';
import { narrow, rangeOf, unsee } from './constraints.ts';
import { evaluate, unknownResult } from './evaluate.ts';
import { numberOf } from './linear.ts';
import { quietFrame, reportAt, type Argument, type Frame, type Result } from './run.ts';
import { isFromOutside } from './recursionDepth.ts';
import type { Pointer, State, Value } from './state.ts';
import type { NameHints } from './nameHints.ts';
import { isCondition, isPart, MACRO_NAME, polarityOf, wantsPointer } from './unseenMacros.ts';
import type { World } from './world.ts';

/** A call of a name that may be a macro of a header. */
export interface UnseenCall {
  readonly name: string;
  /** Nothing looks at what it returns. */
  readonly isStatement: boolean;
}

/** `ALLOC(data, result, key->heap);` where something has failed before: many such macros do nothing then. */
export function isGivenFailure(
  frame: Frame,
  state: State,
  { name, isStatement }: UnseenCall,
  given: readonly Argument[],
): boolean {
  if (!isStatement || !MACRO_NAME.test(name)) return false;
  const { world } = frame.run;
  return given.some(({ node, frame: where }) => {
    if (node.kind !== 'identifier' || MACRO_NAME.test(node.text)) return false;
    const [only, second] = evaluate(quietFrame(where), state.fork(), node);
    if (only?.value.is !== 'int' || only.type.is !== 'int' || second !== undefined) return false;
    return headerConstant(world, state, only.value) !== undefined || (numberOf(only.value.of) ?? 0) < 0;
  });
}

/** `ALLOC(data, result)` with the code of an error in `result`: a macro that is given it sets it where something fails, and does not clear it. */
export function holdsCode(frame: Frame, state: State, identifier: Node): boolean {
  const [only, second] = evaluate(quietFrame(frame), state.fork(), identifier);
  return (
    only !== undefined &&
    second === undefined &&
    headerConstant(frame.run.world, only.state, only.value) !== undefined
  );
}

/** Whether an argument of a name that is not seen is what is tested: a condition, or the one thing that an assertion is given. */
export function isTested(hints: NameHints, argument: Node, { name, isStatement }: UnseenCall): boolean {
  if (isCondition(argument)) return true;
  const polarity = isStatement ? polarityOf(hints, name) : undefined;
  if (polarity?.ends !== true) return false;
  const isLiteral = ['number', ':true', ':false'].includes(argument.kind);
  // `BUG_ON(1)`, `ASSERT(0, "never")`.
  if (isLiteral)
    return (argument.parent?.parts('arguments') ?? []).every(
      (each) => each.start === argument.start || each.kind === 'string',
    );
  return polarity.holds && (argument.kind === 'identifier' || isPart(argument));
}

/**
 * What is given to a name that is not seen, to be tested. `CHECK(p != NULL);` and `BUG_ON(p == NULL);` are tests on which what follows counts.
 * Another name has asked something, and what it makes of the answer is not known.
 */
export function testedArgument(
  frame: Frame,
  state: State,
  condition: Node,
  { name, isStatement }: UnseenCall,
): Result[] {
  const polarity = isStatement ? polarityOf(frame.run.hints, name) : undefined;
  // `CHECK(p == NULL, "no memory")`: some call what leaves so, too.
  const isUnclear = polarity === undefined || (polarity.holds && !polarity.ends && asksForFailure(condition));
  if (isUnclear) return asked(frame, state, condition).flatMap(unknownResult);
  const isOpen = name === 'assert' && asksInput(frame, state, condition);
  const isReached =
    name === 'assert' &&
    isNeverTrue(condition) &&
    (isKnownCase(frame, state, condition) || isAnyCase(frame, state, condition));
  if (isReached) {
    const detail = 'nothing else refuses what leads here';
    reportAt(frame, state, condition, 'assertion-on-input', 'proved', detail);
  }
  const { yes, no } = branch(frame, state, condition);
  if (isOpen) reportAssertion(frame, yes, no, condition);
  // Where it cannot hold, whoever wrote it knows that no run comes, or that it leaves.
  return (polarity.holds ? yes : no).flatMap(unknownResult);
}

/** A macro of the file that ends the program where what it is given does not hold, and is given what comes from outside. */
export function checkOwnAssertion(name: string, text: string, state: State, { node, frame }: Argument): void {
  const polarity = polarityOf(frame.run.hints, name);
  if (polarity?.holds !== true || !ABORTS.test(text) || !isCondition(node)) return;
  if (!asksInput(frame, state, node)) return;
  const { yes, no } = branch(quietFrame(frame), state.fork(), node);
  reportAssertion(frame, yes, no, node);
}

/** What ends a program at once; `exit` is also an orderly way out of what was refused. */
const ABORTS = /\b(abort|__assert_fail|__builtin_trap|raise\s*\(\s*SIGABRT)\b/;

/** `CHECK(p)`: a pointer that is tested without any operator is there afterwards. */
export function testedPointer(frame: Frame, results: Result[], { name, isStatement }: UnseenCall): Result[] {
  if (!isStatement || !wantsPointer(frame.run.hints, name)) return results;
  return results.filter((result) => isThere(frame, result));
}

/** Evaluates what a condition asks. Numbers are not said to be as large as they may be any more, and pointers that are asked for null are there. */
function asked(frame: Frame, state: State, condition: Node): State[] {
  if (condition.kind === 'unary') return lookedAt(frame, state, condition.part('operand'), true);
  const [left, right] = [condition.part('left'), condition.part('right')];
  return chain(lookedAt(frame, state, left, isNull(right)), (each) =>
    lookedAt(frame, each, right, isNull(left)),
  );
}

/** `p == NULL`, `!p`, `n < 0`, `i < 0 || i >= 4`: what a program wants not to be. */
function asksForFailure(condition: Node): boolean {
  const operator = condition.part('operator')?.text ?? '';
  if (condition.kind === 'unary') return operator === '!';
  const [left, right] = [condition.part('left'), condition.part('right')];
  if (operator === '||') return [left, right].some((each) => each !== undefined && asksForFailure(each));
  const [isLeftNull, isRightNull] = [isNull(left), isNull(right)];
  if (operator === '<') return isRightNull;
  if (operator === '>') return isLeftNull;
  return operator === '==' && [left, right].some((each) => each?.kind === ':null' || each?.text === 'NULL');
}

function lookedAt(frame: Frame, state: State, node: Node | undefined, isForNull: boolean): State[] {
  if (node === undefined) return [state];
  if (isCondition(node)) return asked(frame, state, node);
  return evaluate(frame, state, node).map((result) => {
    forgetBounds(frame.run.world, result.state, result.value);
    if (isForNull) isThere(frame, result);
    return result.state;
  });
}

function isNull(node: Node | undefined): boolean {
  return node !== undefined && (node.kind === ':null' || node.text === 'NULL' || node.text === '0');
}

/** From here on a pointer is not null; false where it is. */
function isThere({ run: { world } }: Frame, { state, value }: Result): boolean {
  return (
    value.is !== 'pointer' ||
    value.nullness === undefined ||
    rangeOf(world, state, value.nullness).hi === 0 ||
    narrow(world, state, value.nullness, 0, 0, true)
  );
}

function forgetBounds(world: World, state: State, value: Value): void {
  for (const { symbol } of value.is === 'int' ? value.of.terms : []) {
    unsee(world, state, symbol, true);
    unsee(world, state, symbol, false);
  }
}

/** A condition compares a number that comes from outside, and that nothing has tested. */
function asksInput(frame: Frame, state: State, condition: Node): boolean {
  const { world } = frame.run;
  return [...descendants(condition)].some((each) => {
    if (each.kind !== 'identifier' && !isPart(each)) return false;
    // `assert(read_it(&n))` does not read `n` here.
    const [only] = evaluate(quietFrame(frame), state.fork(), each);
    if (only?.value.is === 'pointer') return isFoundInInput(world, only.state, only.value);
    if (only?.value.is !== 'int') return false;
    const { of } = only.value;
    return of.terms.length === 1 && of.terms.every(({ symbol }) => world.symbols[symbol]?.kind === 'input');
  });
}

/** `assert(0)`, `assert(!"no such command")`, `assert(0 && "no such command")`. */
function isNeverTrue(condition: Node): boolean {
  if (condition.kind === ':false' || condition.text === '0') return true;
  if (condition.kind === 'binary' && condition.part('operator')?.text === '&&') {
    const left = condition.part('left');
    return left !== undefined && isNeverTrue(left);
  }
  return condition.kind === 'unary' && condition.part('operator')?.text === '!'
    ? condition.part('operand')?.kind === 'string'
    : false;
}

/**
 * The program itself comes to a `default:` with one certain value that has no case. Of a value of which only bounds are known, no code says that it is none
 * of those with a case.
 */
function isKnownCase(frame: Frame, state: State, condition: Node): boolean {
  const { run } = frame;
  const value = switchedOn(condition);
  if (!run.globalsKnown || value === undefined || frame.border !== undefined || frame.macros > 0)
    return false;
  const [only, second] = evaluate(quietFrame(frame), state.fork(), value);
  return second === undefined && only?.value.is === 'int' && only.value.of.terms.length === 0;
}

/** The same where the value comes from outside, and is asked for nothing but its cases: it may be as large as its type allows, or as small. */
function isAnyCase(frame: Frame, state: State, condition: Node): boolean {
  const value = switchedOn(condition);
  if (value === undefined || frame.border !== undefined || frame.macros > 0) return false;
  const { world } = frame.run;
  const [only, second] = evaluate(quietFrame(frame), state.fork(), value);
  if (second !== undefined || only?.value.is !== 'int') return false;
  const [term, other] = only.value.of.terms;
  const symbol = term === undefined ? undefined : world.symbols[term.symbol];
  if (term === undefined || other !== undefined || symbol?.kind !== 'input') return false;
  const isFromHere = symbol.node !== undefined && frame.code?.body.contains(symbol.node) === true;
  if (!isFromHere || isAskedBefore(frame, value, value.start, symbol.node)) return false;
  const [all, here] = [symbol.range, rangeOf(world, only.state, term.symbol)];
  return here.hi === all.hi || (all.lo < 0 && here.lo === all.lo);
}

/** The variable or member of which a `switch` asks whose case, or `default`, a condition stands in. */
function switchedOn(condition: Node): Node | undefined {
  let at = condition.parent;
  while (at !== undefined && at.kind !== 'switch' && at.kind !== 'function' && at.kind !== 'if')
    at = at.parent;
  const value = at?.kind === 'switch' ? at.part('value') : undefined;
  return value !== undefined && (value.kind === 'identifier' || isPart(value)) ? value : undefined;
}

/** What was looked for in a text from outside, and perhaps is not there. */
function isFoundInInput(world: World, state: State, { nullness, targets }: Pointer): boolean {
  if (nullness === undefined || world.symbols[nullness]?.reason !== 'result') return false;
  return targets.some(({ object }) => isFromOutside(world, state, object));
}

/** With `NDEBUG` the assertion is not there; without it, whoever sends the value ends the program. */
function reportAssertion(frame: Frame, yes: readonly State[], no: readonly State[], condition: Node): void {
  const [failing] = no;
  if (yes.length === 0 || failing === undefined) return;
  const detail = 'the number comes from outside, and nothing else tests it';
  reportAt(frame, failing, condition, 'assertion-on-input', 'proved', detail);
}
