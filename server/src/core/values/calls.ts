import type { Node } from '../ast/node.ts';
import { MAX_CALLS_OUTSIDE } from '../headers/functionIndex.ts';
import {
  askedAnew,
  byResult,
  doubtFailures,
  giveMore,
  hideBlocks,
  isGiven,
  asksForNull,
  isNullNumber,
  isWholeBranch,
  oneOfObjects,
  returnsNull,
  unseeGiven,
  unseeResult,
} from './callResults.ts';
import { chain } from './chain.ts';
import { applyModel } from './applyModel.ts';
import {
  checkOwnAssertion,
  holdsCode,
  isGivenFailure,
  isTested,
  testedArgument,
  testedPointer,
  type UnseenCall,
} from './assertions.ts';
import { convert } from './arithmetic.ts';
import { nameOfCallee, waysOfCallee } from './callees.ts';
import { castValue } from './castLike.ts';
import { doubtLengths } from './consequences.ts';
import { decayed, ULONG, UNKNOWN } from './ctypes.ts';
import { effortOf } from './effort.ts';
import { evaluate, locate, unknownResult } from './evaluate.ts';
import { isTypeName } from './identifiers.ts';
import { explore, exploreBody } from './explore.ts';
import { checkLeaks } from './leaks.ts';
import { forgetMarks, noteLocks } from './locks.ts';
import { readMemory, unknownOf } from './memory.ts';
import {
  forgetShared,
  load,
  placeOfObject,
  store,
  usePlace,
  directly,
  type Place,
  loaded,
} from './places.ts';
import { checkDepth } from './recursionDepth.ts';
import { noteRead } from './readFrom.ts';
import { reduce } from './reduce.ts';
import {
  argumentsOf,
  frameWith,
  listed,
  macroFrame,
  quietFrame,
  MAX_MACROS,
  type Argument,
  type Frame,
  type FunctionCode,
  type Result,
} from './run.ts';
import { memoryWith, UNKNOWN_VALUE, type State, type Value, escapeValue } from './state.ts';
import {
  isMacroName,
  isPart,
  isUndeclared,
  jumpsTo,
  keepsResult,
  MACRO_NAME,
  writeNumbers,
  writePasted,
} from './unseenMacros.ts';
import { checkGiven } from './release.ts';
import { declareVariable, hasModifier, integer, variablePlace } from './variables.ts';

/** A function is followed in itself this often. */
const MAX_RECURSION = 2;

/** Arguments that were evaluated, on one path. */
interface Given {
  readonly state: State;
  readonly values: readonly Result[];
}

export function evaluateCall(frame: Frame, state: State, node: Node): Result[] {
  const { unit } = frame;
  const callee = node.part('callee');
  const nodes = argumentsOf(frame, node);
  if (callee === undefined) return unknownResult(state);
  const cast = castValue(node);
  if (cast !== undefined && isTypeName(frame, callee) && variablePlace(frame, state, callee) === undefined)
    return chain(evaluate(frame, state, cast), (each) =>
      convert(frame, each.state, each.value, each.type, unit.types.read(callee), node),
    );
  const name = nameOfCallee(frame, state, callee);
  if (name === undefined)
    return chain(waysOfCallee(frame, state, callee), (way) =>
      callNamed(frame, way.state, node, way.name, nodes),
    );
  if (unit.functionNamed(name) === undefined) {
    const macro = unit.macro(name);
    if (macro !== undefined && frame.macros < MAX_MACROS) {
      if (macro.parameters !== undefined) {
        const [tested] = nodes;
        if (tested !== undefined) checkOwnAssertion(name, macro.ast.text, state, tested);
        const inner = macroFrame(frame, macro, node, nodes);
        return macro.body.kind === 'block'
          ? runMacro(frameWith(inner, { aside: true }), state, macro.body, macro.ast)
          : evaluate(inner, state, macro.body);
      }
      // `#define xfree free`
      if (macro.body.kind === 'identifier') return callNamed(frame, state, node, macro.body.text, nodes);
    }
  }
  return callNamed(frame, state, node, name, nodes);
}

/** A call of which nothing looks at what it returns: it stands there alone, or is all that a macro says that does. */
function isStatement({ site, macros }: Frame, call: Node): boolean {
  const whole = macros === 1 && call.parent?.kind === 'assign' ? (site ?? call) : call;
  return whole.parent?.kind === 'expressionStatement';
}

function callNamed(
  frame: Frame,
  state: State,
  node: Node,
  name: string | undefined,
  nodes: readonly Argument[],
): Result[] {
  const { hints } = frame.run;
  const macro =
    name !== undefined && isUndeclared(frame, name)
      ? { name, isStatement: isStatement(frame, node) }
      : undefined;
  if (macro !== undefined && hints.says('for-compiler', macro.name)) return unknownResult(state);
  if (macro !== undefined && MACRO_NAME.test(macro.name)) writePasted(frame, state, nodes);
  const [array, second] = nodes;
  if (
    macro !== undefined &&
    array !== undefined &&
    second === undefined &&
    hints.says('counts-elements', macro.name)
  ) {
    const count = countOf(array.frame, state, array.node);
    if (count !== undefined) return [{ state, value: integer(count), type: ULONG }];
  }
  const references = referencesOf(frame, name);
  // What such a macro is given it may leave alone.
  const isSkipped = macro !== undefined && !state.doubtful && isGivenFailure(frame, state, macro, nodes);
  if (isSkipped) state.doubtful = true;
  let all: Given[] = [{ state, values: [] }];
  const parts = macro === undefined ? nodes : nodes.flatMap(listed);
  parts.forEach((argument, index) => {
    all = chain(all, (given) =>
      (references?.(index) === true
        ? changedByReference(argument.frame, given.state, argument.node)
        : argumentOf(argument.frame, given.state, argument.node, macro)
      ).map((result) => ({ state: result.state, values: [...given.values, result] })),
    );
  });
  if (isSkipped) for (const given of all) given.state.doubtful = false;
  return chain(all, (given) => call(frame, given, node, name));
}

/** How many elements an array has. */
function countOf(frame: Frame, state: State, array: Node): number | undefined {
  const [only, second] = locate(quietFrame(frame), state.fork(), array);
  const type = second === undefined ? only?.place.type : undefined;
  return type?.is === 'array' ? type.length : undefined;
}

/**
 * C++: which arguments the function may change, because they are passed by reference; any of them where nothing says how it takes them.
 * Undefined for none.
 */
function referencesOf(
  { run, unit, code }: Frame,
  name: string | undefined,
): ((index: number) => boolean) | undefined {
  if (unit.ast.grammar.definition.dialect !== 'cpp') return undefined;
  if (name === undefined) return () => true;
  if (run.model(name) !== undefined && unit.functionNamed(name) === undefined) return undefined;
  const declared =
    unit.functionNamed(name)?.node ?? unit.prototypeFor(code, name) ?? unit.functionOutside(name)?.node;
  if (declared === undefined) return () => true;
  const parameters = declared.parts('parameters');
  return (index) => {
    const parameter = parameters[index];
    if (parameter === undefined || hasModifier(parameter, 'const')) return false;
    return hasModifier(parameter, '&') || hasModifier(parameter, '&&');
  };
}

/** A variable, or a part of one, that is passed by reference. */
function changedByReference(frame: Frame, state: State, argument: Node): Result[] {
  const given = frame.site === undefined ? undefined : frame.arguments.get(argument.text);
  if (argument.kind === 'identifier' && given !== undefined)
    return changedByReference(given.frame, state, given.node);
  const place = argument.kind === 'identifier' ? variablePlace(frame, state, argument) : undefined;
  const isScalar = place?.type.is === 'int' || place?.type.is === 'pointer';
  if (place !== undefined && isScalar) changeUnseen(frame, state, place, argument);
  return evaluate(frame, state, argument);
}

/**
 * An argument.
 *
 * @param macro what is called, where that may be a macro of a header
 */
function argumentOf(frame: Frame, state: State, argument: Node, macro: UnseenCall | undefined): Result[] {
  if (macro === undefined) return evaluate(frame, state, argument);
  const given = frame.site === undefined ? undefined : frame.arguments.get(argument.text);
  if (argument.kind === 'identifier' && given !== undefined)
    return argumentOf(given.frame, state, given.node, macro);
  if (isTested(frame.run.hints, argument, macro)) return testedArgument(frame, state, argument, macro);
  return testedPointer(frame, changedArgument(frame, state, argument, macro.name), macro);
}

function changedArgument(frame: Frame, state: State, argument: Node, macro: string): Result[] {
  if (argument.kind === 'identifier') return changedVariable(frame, state, argument, macro);
  if (isMacroName(frame, macro) && isPart(argument)) return changedPart(frame, state, argument);
  return evaluate(frame, state, argument);
}

/** A variable that a macro may change holds anything afterwards; where only the use tells, one that nothing was written to. */
function changedVariable(frame: Frame, state: State, identifier: Node, macro: string): Result[] {
  const place = variablePlace(frame, state, identifier);
  const isScalar = place?.type.is === 'int' || place?.type.is === 'pointer';
  const isKept = !isMacroName(frame, macro) || !isScalar || holdsCode(frame, state, identifier);
  if (place === undefined || (isKept && !isUnwritten(frame, state, place)))
    return evaluate(frame, state, identifier);
  changeUnseen(frame, state, place, identifier);
  return evaluate(frame, state, identifier);
}

/** A part of something that a macro may change. */
function changedPart(frame: Frame, state: State, argument: Node): Result[] {
  return chain(locate(frame, state, argument), ({ state: at, place }) => {
    if (!place.direct && !usePlace(frame, at, place, 'read', argument)) return [];
    const isScalar = place.type.is === 'int' || place.type.is === 'pointer';
    if (isScalar && place.pointer.is === 'pointer') changeUnseen(frame, at, place, argument);
    return loaded(frame, at, directly(place), argument);
  });
}

/** A macro whose text is not seen may keep what a place holds, and write something else there. */
export function changeUnseen(frame: Frame, state: State, place: Place, node: Node): void {
  // That it may be used was asked before.
  const there: Place = directly(place);
  const before = load(frame, state.fork(), there, node, true);
  if (before !== undefined) escapeValue(frame.run.world, state, before);
  store(frame, state, there, unknownOf(frame.run.world, state, place.type, 'foreign'), node);
}

function isUnwritten(frame: Frame, state: State, place: Place): boolean {
  const [target] = place.pointer.is === 'pointer' ? place.pointer.targets : [];
  if (target === undefined || place.type.is === 'array' || place.type.is === 'struct') return false;
  return readMemory(frame.run.world, state.fork(), target, place.type).is === 'uninitialized';
}

function call(frame: Frame, { state, values }: Given, node: Node, name: string | undefined): Result[] {
  const { run, unit } = frame;
  if (name !== undefined) {
    const code = unit.functionNamed(name);
    if (unit.neverReturns(name)) {
      if (code?.unit === run.unit) run.skipped.add(code);
      return neverReturns(run);
    }
    if (code !== undefined) {
      checkDepth(frame, state, code, values, node);
      if (isGivenAll(code, values) && canEnter(frame, code)) return enter(frame, state, code, values, node);
      if (code.unit === run.unit) run.skipped.add(code);
      if (run.hints.says('never-returns', name)) return neverReturns(run);
    } else {
      const model = run.model(name);
      if (model !== undefined && (model.parameters ?? values.length) === values.length)
        return applyModel(frame, state, model, values, node);
      const other = mayEnterOutside(frame) ? unit.functionOutside(name) : undefined;
      if (
        other !== undefined &&
        other.size <= MAX_NODES_OUTSIDE &&
        isGivenAll(other, values) &&
        canEnter(frame, other)
      )
        return enterOutside(frame, state, other, values, node);
      // Where the label is, is not followed.
      const jumps = jumpsTo(frame, node);
      const isJump = jumps === 'always' || (jumps === 'perhaps' && isWholeBranch(node));
      const isEnd = run.hints.says('never-returns', name) || run.hints.says('leaves-function', name);
      if (isEnd || isJump) return neverReturns(run);
    }
  }
  checkGiven(frame, state, values, node);
  for (const { value } of values) escapeValue(run.world, state, value);
  forgetMarks(frame, state, values, name);
  if (node.parent?.kind !== 'expressionStatement') unseeGiven(run.world, state, values);
  if (!TAKES_ARGUMENT.test(name ?? '')) forgetShared(frame, state);
  if (name !== undefined && keepsResult(frame, name, node)) writeNumbers(frame, state);
  if (node.parent?.kind !== 'expressionStatement') doubtLengths(run.world, state, values);
  // `if (p == NULL) on_failure();` through a pointer: most such functions do not come back.
  if (name === undefined && isWholeBranch(node)) state.doubtful = true;
  if (asksForNull(node, values)) state.doubtful = true;
  const type = resultType(frame, name);
  const value = unknownOf(run.world, state, type, 'foreign');
  noteRead(run.world, node, value, values);
  return [{ state, value, type }];
}

function neverReturns(run: Frame['run']): Result[] {
  run.ended++;
  return [];
}

/** What takes an argument from a list changes nothing that others see. */
const TAKES_ARGUMENT = /^(__builtin_)?va_arg$/;

function resultType(frame: Frame, name: string | undefined): Result['type'] {
  if (name === undefined) return UNKNOWN;
  const { unit } = frame;
  const prototype = unit.prototypeFor(frame.code, name);
  const code = unit.functionNamed(name) ?? (prototype === undefined ? unit.functionOutside(name) : undefined);
  if (code !== undefined) return decayed(code.returns);
  return prototype === undefined ? UNKNOWN : decayed(unit.types.read(prototype.part('returns')));
}

/** In C there is an argument for each parameter: where there are fewer, a macro stands for several (`NAME_WITH_LENGTH(key)`). */
function isGivenAll({ unit, parameters }: FunctionCode, values: readonly Result[]): boolean {
  const last = parameters.at(-1);
  return last === undefined || last.position < values.length || unit.ast.grammar.definition.dialect === 'cpp';
}

function canEnter(frame: Frame, code: FunctionCode): boolean {
  const effort = effortOf(frame.run);
  if (frame.depth >= effort.depth || code.size > effort.nodes) return false;
  if (!frame.run.globalsKnown && (frame.run.entered.get(code) ?? 0) >= effort.entries) return false;
  let times = 0;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller) if (at.code === code) times++;
  return times < MAX_RECURSION;
}

/** Longer functions of other files are not entered. */
const MAX_NODES_OUTSIDE = 200;

/** Asked before such a function is read. */
function mayEnterOutside(frame: Frame): boolean {
  const { run } = frame;
  if (run.stepsOutside >= run.share / 2 || frame.depth >= effortOf(run).depth) return false;
  let outside = 0;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller)
    if (at.border !== undefined && at.macros === 0) outside++;
  return outside < MAX_CALLS_OUTSIDE;
}

/** Runs a function of another file; the steps that it takes are not those of the function at hand. */
function enterOutside(
  frame: Frame,
  state: State,
  code: FunctionCode,
  values: readonly Result[],
  node: Node,
): Result[] {
  const { run } = frame;
  if (frame.border !== undefined) return enter(frame, state, code, values, node);
  const before = run.world.steps;
  const blocks = run.world.heap.length;
  const key = `${frame.id}:outside`;
  // What holds on some of its paths only, its callers know more of than is seen here: its paths become one.
  const after = enter(frame, state, code, values, node).map((result) => {
    result.state.setSlot(key, result.value);
    return result.state;
  });
  const results = (run.world.heap.length > blocks ? byResult(after, key) : [after]).flatMap((group) => {
    const [joined] = reduce(run.world, group, 1);
    if (joined === undefined) return [];
    const value = joined.slots.get(key) ?? UNKNOWN_VALUE;
    joined.setSlot(key, undefined);
    if (group.length > 1) hideBlocks(run.world, joined, blocks, value);
    return [{ state: joined, value, type: decayed(code.returns) }];
  });
  run.stepsOutside += run.world.steps - before;
  run.world.steps = before;
  doubtFailures(run.world, results, blocks);
  return results;
}

/** Runs a function of the file with what it is given. */
function enter(
  frame: Frame,
  state: State,
  code: FunctionCode,
  values: readonly Result[],
  node: Node,
): Result[] {
  const { run } = frame;
  if (code.unit === run.unit) run.visited.add(code.node);
  run.entered.set(code, (run.entered.get(code) ?? 0) + 1);
  const inner = newFrame(frame, code, frame.site ?? node);
  let states = [state];
  for (const parameter of code.parameters) {
    states = chain(states, (each) => {
      const given = values[parameter.position];
      const object = declareVariable(inner, each, parameter.node, { is: 'unknown' });
      if (object === undefined || given === undefined) return [each];
      return chain(convert(frame, each, given.value, given.type, parameter.type, node), (result) =>
        store(inner, result.state, placeOfObject(object, parameter.type), result.value, node)
          ? [result.state]
          : [],
      );
    });
  }
  const blocks = run.world.heap.length;
  for (const each of states) giveMore(run.world, each, code, values);
  const ends = explore(inner, code.flow(), states);
  const isOpen =
    !run.globalsKnown &&
    run.world.heap.length === blocks &&
    values.some(({ value }) => isGiven(run.world, value));
  const results = reduce(run.world, ends, effortOf(run).results);
  const left = results.map((each) => leave(inner, each));
  const over = returnsNull(code) ? left.map((each) => askedAnew(run.world, each)) : left;
  return (isObject(frame, code) ? oneOfObjects(run.world, over, blocks) : over).map((result) => {
    // What the function returns on paths that became one, each of its callers may have reasons to know more of.
    if (results.length < ends.length) unseeResult(run.world, result.state, result.value);
    // A function that says "not there" of what any caller may ask for does not say that this one asks for it.
    if (isOpen && results.length > 1 && code.returns.is === 'pointer' && isNullNumber(result.value))
      result.state.doubtful = true;
    return { state: result.state, value: result.value, type: decayed(code.returns) };
  });
}

/** What a function of C++ returns is asked by methods, which are not followed. */
function isObject({ unit }: Frame, { returns }: FunctionCode): boolean {
  return (
    unit.ast.grammar.definition.dialect === 'cpp' && (returns.is === 'struct' || returns.is === 'unknown')
  );
}

/** @param call in the code of the caller */
export function newFrame(caller: Frame, code: FunctionCode, call: Node): Frame {
  const { run } = caller;
  const { unit } = code;
  const isOutside = unit !== run.unit;
  return {
    run,
    unit,
    id: ++run.frames,
    code,
    depth: caller.depth + 1,
    variables: new Map(),
    byName: new Map(),
    locals: [],
    border: isOutside
      ? (caller.border ?? { symbols: run.world.symbols.length, objects: run.world.objects.length })
      : undefined,
    site: isOutside ? (caller.site ?? call) : undefined,
    arguments: new Map(),
    aside: true,
    caller,
    call,
    macros: 0,
  };
}

/** The function is over: its variables are gone, and what only they led to is lost. */
export function leave(frame: Frame, state: State): { readonly state: State; readonly value: Value } {
  const key = `${frame.id}:return`;
  const value = state.slots.get(key) ?? UNKNOWN_VALUE;
  state.setSlot(key, undefined);
  checkLeaks(frame, state, value);
  if (frame.code?.returns.is === 'void') noteLocks(frame, state, frame.code.node);
  const isReturned = value.is === 'pointer' ? new Set(value.targets.map(({ object }) => object)) : undefined;
  for (const id of frame.locals) {
    const memory = state.object(id);
    if (memory === undefined) continue;
    // A structure that is returned by value is still read by the caller; what is gone otherwise has no memory.
    if (isReturned?.has(id) === true)
      state.setObject(id, memoryWith(memory, { life: 'out-of-scope', ended: frame.code?.node }));
    else state.removeObject(id);
  }
  return { state, value };
}

/** Statements of a macro run in the function that uses it. */
function runMacro(frame: Frame, state: State, body: Node, ast: Parameters<typeof exploreBody>[3]): Result[] {
  return chain(exploreBody(frame, [state], body, ast), unknownResult);
}
