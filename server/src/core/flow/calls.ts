import type { Node } from '../ast/node.ts';
import { calleeOf, constructorOf } from './callees.ts';
import type { Frame, Summary } from './frame.ts';
import { classOf, placeOf, rootOfClass } from './places.ts';
import { applyRoles } from './roles.ts';
import type { Callable } from './program.ts';
import { arrive, record } from './sinks.ts';
import { readPlace, reboundRoot, writePlace } from './store.ts';
import { substitute, substituteTaints, type Actuals } from './substitute.ts';
import {
  allTaints,
  CLEAN,
  fieldOf,
  join,
  NO_TAINTS,
  union,
  valueOf,
  type Taints,
  type Value,
} from './values.ts';

/** Methods that hand the elements, or what comes of a promise, to the function that they get. */
const ITERATES =
  /^(map|flatMap|forEach|filter|reduce|find|some|every|then|each|each_with_index|sort|sortBy|groupBy|collect|peek|anyMatch|allMatch|let|also|apply|run|with|use|takeIf|mapNotNull|compactMap|Select|Where|ForEach|SelectMany|Any|All|for_each|and_then|ifPresent|thenApply|thenAccept|thenCompose|subscribe)$/;

/** Methods of an object that is a function, where functions are objects of one method. */
const INVOKES = /^(apply|call|get|run|accept|test|invoke|Invoke|applyAs\w+|getAs\w+)$/;
const HAVE_INVOKERS: ReadonlySet<string> = new Set(['java', 'kotlin', 'csharp']);

interface Given {
  readonly node: Node;
  readonly value: Value;
}

/** The value of a call, and what its arguments bring to a sink that is the whole call. */
export interface Called {
  readonly value: Value;
  readonly inputs: Taints;
}

export function evaluateCall(frame: Frame, node: Node): Called {
  const { run } = frame;
  const callee = node.part(node.kind === 'new' ? 'type' : 'callee');
  const { object, value: calleeValue } = evaluateCallee(frame, callee, node.kind === 'new');
  const given = evaluateArguments(frame, node.parts('arguments'));
  for (const member of node.parts('members')) frame.evaluate(member);
  let inputs = given.reduce((all, { value }) => union(all, allTaints(value)), NO_TAINTS);
  if (object !== undefined) inputs = union(inputs, allTaints(object.value));
  const known =
    callee === undefined || !run.options.taint_intrafile
      ? undefined
      : knownCallee(frame, node, callee, calleeValue, given.length);
  if (known !== undefined) return { value: callKnown(frame, node, known, given, object), inputs };
  if (calleeValue.taints.size > 0 && callee?.kind === 'identifier')
    awaitCallee(frame, node, callee, calleeValue, given);
  const results = callFunctionArguments(frame, node, callee, given, object);
  const { taint_assume_safe_functions: safe, taint_only_propagate_through_assignments: only } = run.options;
  if (safe || only) return { value: CLEAN, inputs };
  return { value: valueOf(union(union(inputs, calleeValue.taints), results)), inputs };
}

function evaluateCallee(
  frame: Frame,
  callee: Node | undefined,
  isNew: boolean,
): { readonly object: Given | undefined; readonly value: Value } {
  if (callee === undefined || isNew) return { object: undefined, value: CLEAN };
  if (callee.kind !== 'member') return { object: undefined, value: frame.evaluate(callee) };
  const node = callee.part('object');
  if (node === undefined) return { object: undefined, value: CLEAN };
  const object = { node, value: frame.evaluate(node) };
  const name = callee.part('name')?.text ?? '';
  const { callable } = object.value;
  const isFunction =
    callable !== undefined &&
    INVOKES.test(name) &&
    HAVE_INVOKERS.has(frame.run.input.ast.grammar.definition.id);
  const field = isFunction ? { ...CLEAN, callable } : fieldOf(object.value, name);
  const marks = frame.run.marks.byNode.get(callee.index);
  return { object, value: marks === undefined ? field : applyRoles(frame, callee, field, marks, NO_TAINTS) };
}

/** Functions written as arguments run last: they see what the other arguments did. */
function evaluateArguments(frame: Frame, nodes: readonly Node[]): readonly Given[] {
  const values = new Map<Node, Value>();
  const late = (node: Node): boolean => node.kind === 'lambda';
  for (const node of nodes) if (!late(node)) values.set(node, frame.evaluate(node));
  for (const node of nodes) if (late(node)) values.set(node, frame.evaluate(node));
  return nodes.map((node) => ({ node, value: values.get(node) ?? CLEAN }));
}

function knownCallee(
  frame: Frame,
  node: Node,
  callee: Node,
  value: Value,
  count: number,
): Callable | undefined {
  if (node.kind === 'new') return constructorOf(frame.run.program, callee, count);
  return calleeOf(frame, callee, value, count);
}

/** A call of what a caller gave: the caller knows the function. */
function awaitCallee(frame: Frame, node: Node, callee: Node, value: Value, given: readonly Given[]): void {
  for (const { origin } of value.taints.values()) {
    if (origin.is !== 'input') continue;
    frame.findings.invoked.set(node.index, {
      root: origin.root,
      path: origin.path,
      arguments: given.map((each) => each.value),
      place: callee,
    });
  }
}

/** Functions of the file handed to an unknown one: what they return may come back, and they may get parts of the object. */
function callFunctionArguments(
  frame: Frame,
  node: Node,
  callee: Node | undefined,
  given: readonly Given[],
  object: Given | undefined,
): Taints {
  let results = NO_TAINTS;
  const { program } = frame.run;
  const name = callee?.kind === 'member' ? (callee.part('name')?.text ?? '') : '';
  for (const { value } of given) {
    const callable = value.callable === undefined ? undefined : program.callables[value.callable];
    if (callable === undefined || !frame.run.options.taint_intrafile) continue;
    const element = object !== undefined && ITERATES.test(name) ? valueOf(allTaints(object.value)) : CLEAN;
    const summary = summaryAt(frame, callable);
    const actuals = actualsOf(
      frame,
      callable,
      callable.parameters.map(() => element),
      undefined,
      node,
    );
    results = union(results, allTaints(settle(frame, summary, actuals)));
  }
  return results;
}

/** A function inside the one at work is followed with what is known right here. */
function summaryAt(frame: Frame, callable: Callable): Summary {
  const { run } = frame;
  if (!callable.inner || run.isOpen(callable) || !surrounds(frame, callable)) return run.summaryOf(callable);
  const outcome = run.enter(callable, frame.state.fork());
  for (const found of outcome.reached) record(frame.findings, found);
  return outcome;
}

/** The variables around an inner function are those of the function at work. */
function surrounds({ callable: { id }, run: { program } }: Frame, inner: Callable): boolean {
  for (let at: Callable | undefined = inner; at !== undefined; at = program.callables[at.parent]) {
    if (at.parent === id) return true;
    if (at.id === 0) return false;
  }
  return false;
}

function actualsOf(
  { callable, run: { program } }: Frame,
  callee: Callable,
  values: readonly Value[],
  object: Value | undefined,
  place: Node,
): Actuals {
  const actual = new Map<string, Value>();
  for (const { identifier, position, path, rest } of callee.parameters) {
    const at = placeOf(program, identifier, callee);
    if (at === undefined) continue;
    let value = rest
      ? values.slice(position).reduce((all, each) => join(all, each), CLEAN)
      : (values[position] ?? CLEAN);
    for (const name of path) value = fieldOf(value, name);
    actual.set(at.root, value);
  }
  const of = classOf(callee);
  if (of !== undefined && object !== undefined) actual.set(rootOfClass(of), object);
  const own = new Set(actual.keys());
  return { values: actual, place, keeps: (root) => !own.has(root) && callable.id !== 0 };
}

/** What a summary says, at one call: sinks inside are reached, functions given are called; the result. */
function settle(frame: Frame, summary: Summary, actuals: Actuals, depth = 0): Value {
  for (const { sink, taints, place } of summary.awaited) {
    const arriving = substituteTaints(frame, taints, actuals);
    if (arriving.size > 0) arrive(frame, sink, arriving, place);
  }
  for (const call of summary.invoked) {
    let target = actuals.values.get(call.root);
    for (const name of call.path) target = target && fieldOf(target, name);
    const callable =
      target?.callable === undefined ? undefined : frame.run.program.callables[target.callable];
    const values = call.arguments.map((value) => substitute(frame, value, actuals));
    if (callable !== undefined && depth < 4) {
      const inner = actualsOf(frame, callable, values, undefined, call.place);
      settle(frame, summaryAt(frame, callable), inner, depth + 1);
    }
  }
  return substitute(frame, summary.result, actuals);
}

function callKnown(
  frame: Frame,
  node: Node,
  callable: Callable,
  given: readonly Given[],
  object: Given | undefined,
): Value {
  const { program } = frame.run;
  const ordered = inOrder(callable, given);
  const isNew = node.kind === 'new' || isConstruction(frame, node);
  const self = isNew ? CLEAN : (object?.value ?? thisValue(frame, callable));
  const summary = summaryAt(frame, callable);
  const actuals = actualsOf(
    frame,
    callable,
    ordered.map((each) => each?.value ?? CLEAN),
    self,
    node,
  );
  const result = settle(frame, summary, actuals);
  let made = CLEAN;
  const effects = [...summary.effects].map(
    ([root, value]) => [root, substitute(frame, value, actuals)] as const,
  );
  const of = classOf(callable);
  for (const [root, value] of effects) {
    if (of !== undefined && root === rootOfClass(of)) {
      if (isNew) made = value;
      else {
        const place =
          object === undefined
            ? { root, path: [], partly: false, inside: true }
            : placeOf(program, object.node, frame.callable);
        if (place !== undefined) writePlace(frame, { ...place, inside: true }, value);
      }
      continue;
    }
    const parameter = callable.parameters.find(
      ({ identifier }) => placeOf(program, identifier, callable)?.root === root,
    );
    const argument = parameter && ordered[parameter.position];
    if (argument !== undefined && parameter !== undefined) {
      const place = placeOf(program, argument.node, frame.callable);
      if (place !== undefined && parameter.path.length === 0 && !parameter.rest) {
        writePlace(frame, { ...place, inside: true }, join(readPlace(frame, place), value));
      }
    } else if (parameter === undefined) frame.state.set(root, join(frame.state.get(root), value));
  }
  return isNew ? made : result;
}

function isConstruction(frame: Frame, node: Node): boolean {
  const callee = node.part('callee');
  return callee?.kind === 'identifier' && frame.run.program.names.declarationOf(callee)?.kind === 'class';
}

/** `m()` inside the class whose method it is. */
function thisValue(frame: Frame, callable: Callable): Value | undefined {
  const of = classOf(callable);
  return of === undefined ? undefined : frame.state.get(rootOfClass(of));
}

/** Arguments at the positions of the parameters that they are given to. */
function inOrder(callable: Callable, given: readonly Given[]): readonly (Given | undefined)[] {
  const ordered: (Given | undefined)[] = [];
  let next = 0;
  for (const each of given) {
    const name = each.node.kind === 'keyword' ? each.node.part('name')?.text : undefined;
    const named =
      name === undefined ? undefined : callable.parameters.find(({ identifier }) => identifier.text === name);
    if (named !== undefined) ordered[named.position] = each;
    else ordered[next] = each;
    next++;
  }
  return Array.from(ordered);
}

export { reboundRoot };
