import type { Node } from '../ast/node.ts';
import { applyModel } from './applyModel.ts';
import { convert } from './arithmetic.ts';
import { decayed, UNKNOWN } from './ctypes.ts';
import { evaluate, unknownResult } from './evaluate.ts';
import { explore, exploreBody } from './explore.ts';
import { checkLeaks } from './leaks.ts';
import { unknownOf } from './memory.ts';
import { forgetShared, placeOfObject, store } from './places.ts';
import { reduce } from './reduce.ts';
import { macroFrame, MAX_MACROS, type Frame, type FunctionCode, type Result, type Run } from './run.ts';
import { UNKNOWN_VALUE, type State, type Value, escapeValue } from './state.ts';
import { declareVariable, variablePlace } from './variables.ts';

/** Calls in calls are followed this far, one function in itself this often. */
const MAX_DEPTH = 8;
const MAX_RECURSION = 2;
/** Ways out of a function that are kept apart for its caller. */
const MAX_RESULTS = 6;

/** Names of functions that do not come back, when nothing else is known of them. */
const ENDS =
  /^(.*_)?(exit|abort|die|fatal|panic|usage|bail|bail_out|errx|verr|verrx|quit|terminate|unreachable)(_.*)?$/i;

/** Arguments that were evaluated, on one path. */
interface Given {
  readonly state: State;
  readonly values: readonly Result[];
}

export function evaluateCall(frame: Frame, state: State, node: Node): Result[] {
  const { run } = frame;
  const callee = node.part('callee');
  const nodes = node.parts('arguments');
  if (callee === undefined) return unknownResult(state);
  const name = nameOfCallee(frame, state, callee);
  if (name !== undefined && run.functionNamed(name) === undefined) {
    const macro = run.macro(name);
    if (macro !== undefined && frame.macros < MAX_MACROS) {
      if (macro.parameters !== undefined) {
        const inner = macroFrame(frame, macro, node, nodes);
        return macro.body.kind === 'block'
          ? runMacro(inner, state, macro.body, macro.ast)
          : evaluate(inner, state, macro.body);
      }
      // `#define xfree free`
      if (macro.body.kind === 'identifier') return callNamed(frame, state, node, macro.body.text, nodes);
    }
  }
  return callNamed(frame, state, node, name, nodes);
}

/** The function that is called, when it is one; of a pointer to one, where it points. */
function nameOfCallee(frame: Frame, state: State, callee: Node): string | undefined {
  if (callee.kind === 'identifier') {
    const given = frame.site === undefined ? undefined : frame.arguments.get(callee.text);
    if (given !== undefined) return nameOfCallee(given.frame, state, given.node);
    if (variablePlace(frame, state, callee) === undefined) return callee.text;
  }
  if (
    callee.kind === 'unary' ||
    callee.kind === 'identifier' ||
    callee.kind === 'member' ||
    callee.kind === 'index'
  ) {
    const operand = callee.kind === 'unary' ? callee.part('operand') : undefined;
    if (operand?.kind === 'identifier') return nameOfCallee(frame, state, operand);
    const [only, second] = evaluate(frame, state.fork(), callee);
    return second === undefined && only?.value.is === 'function' ? only.value.name : undefined;
  }
  return undefined;
}

function callNamed(
  frame: Frame,
  state: State,
  node: Node,
  name: string | undefined,
  nodes: readonly Node[],
): Result[] {
  let all: Given[] = [{ state, values: [] }];
  const mayBeMacro = isUndeclared(frame, name);
  for (const argument of nodes) {
    all = all.flatMap((given) =>
      (mayBeMacro && argument.kind === 'identifier'
        ? changedVariable(frame, given.state, argument)
        : evaluate(frame, given.state, argument)
      ).map((result) => ({
        state: result.state,
        values: [...given.values, result],
      })),
    );
  }
  return all.flatMap((given) => call(frame, given, node, name));
}

/** A name that nothing in the file says to be a function: it may be a macro of a header, which can change its arguments. */
function isUndeclared({ run }: Frame, name: string | undefined): boolean {
  return (
    name !== undefined &&
    run.functionNamed(name) === undefined &&
    run.model(name) === undefined &&
    !run.prototypes.has(name)
  );
}

/** A variable that nothing was written to: a macro that is given it writes it, so it holds anything afterwards. */
function changedVariable(frame: Frame, state: State, identifier: Node): Result[] {
  const place = variablePlace(frame, state, identifier);
  if (place === undefined || !isUnwritten(frame, state, identifier))
    return evaluate(frame, state, identifier);
  const value = unknownOf(frame.run.world, state, place.type, 'derived');
  store(frame, state, place, value, identifier);
  return [{ state, value, type: place.type }];
}

function isUnwritten(frame: Frame, state: State, identifier: Node): boolean {
  let found = false;
  const run: Run = {
    ...frame.run,
    observe: () => undefined,
    report: ({ kind }) => {
      found ||= kind === 'uninitialized-read';
    },
  };
  evaluate({ ...frame, run }, state.fork(), identifier);
  return found;
}

function call(frame: Frame, { state, values }: Given, node: Node, name: string | undefined): Result[] {
  const { run } = frame;
  if (name !== undefined) {
    const code = run.functionNamed(name);
    if (code !== undefined) {
      if (canEnter(frame, code)) return enter(frame, state, code, values, node);
      run.incomplete = true;
    } else {
      const model = run.model(name);
      if (model !== undefined) return applyModel(frame, state, model, values, node);
      if (ENDS.test(name)) return [];
    }
  }
  for (const { value } of values) escapeValue(state, value);
  forgetShared(frame, state);
  const type = resultType(frame, name);
  return [{ state, value: unknownOf(run.world, state, type, 'derived'), type }];
}

function resultType(frame: Frame, name: string | undefined): Result['type'] {
  if (name === undefined) return UNKNOWN;
  const code = frame.run.functionNamed(name);
  if (code !== undefined) return decayed(code.returns);
  const prototype = frame.run.prototypes.get(name);
  return prototype === undefined ? UNKNOWN : decayed(frame.run.types.read(prototype.part('returns')));
}

function canEnter(frame: Frame, code: FunctionCode): boolean {
  if (frame.depth >= MAX_DEPTH || frame.run.world.steps > frame.run.limit) return false;
  let times = 0;
  for (let at: Frame | undefined = frame; at !== undefined; at = at.caller) if (at.code === code) times++;
  return times < MAX_RECURSION;
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
  run.visited.add(code.node);
  const inner = newFrame(frame, code);
  let states = [state];
  code.parameters.forEach((parameter, index) => {
    states = states.flatMap((each) => {
      const given = values[index];
      const object = declareVariable(inner, each, parameter.node, { is: 'unknown' });
      if (object === undefined || given === undefined) return [each];
      return convert(frame, each, given.value, given.type, parameter.type, node).flatMap((result) =>
        store(inner, result.state, placeOfObject(object, parameter.type), result.value, node)
          ? [result.state]
          : [],
      );
    });
  });
  const results = reduce(run.world, explore(inner, code.cfg(), code.loops(), states), MAX_RESULTS);
  return results.map((each) => {
    const result = leave(inner, each);
    return { ...result, type: decayed(code.returns) };
  });
}

export function newFrame(caller: Frame, code: FunctionCode): Frame {
  const { run } = caller;
  return {
    run,
    id: ++run.frames,
    code,
    depth: caller.depth + 1,
    variables: new Map(),
    byName: new Map(),
    site: undefined,
    arguments: new Map(),
    caller,
    macros: 0,
  };
}

/** The function is over: its variables are gone, and what only they led to is lost. */
export function leave(frame: Frame, state: State): { readonly state: State; readonly value: Value } {
  const key = `${frame.id}:return`;
  const value = state.slots.get(key) ?? UNKNOWN_VALUE;
  state.setSlot(key, undefined);
  checkLeaks(frame, state, value);
  const isReturned = value.is === 'pointer' ? new Set(value.targets.map(({ object }) => object)) : undefined;
  for (const [id, memory] of state.objects) {
    const info = frame.run.world.info(id);
    if (info?.kind !== 'local' || info.frame !== frame.id) continue;
    // A structure that is returned by value is still read by the caller; what is gone otherwise has no memory.
    if (isReturned?.has(id) === true)
      state.setObject(id, { ...memory, life: 'out-of-scope', ended: frame.code?.node });
    else state.removeObject(id);
  }
  return { state, value };
}

/** Statements of a macro run in the function that uses it. */
function runMacro(frame: Frame, state: State, body: Node, ast: Parameters<typeof exploreBody>[3]): Result[] {
  return exploreBody(frame, [state], body, ast).flatMap(unknownResult);
}
