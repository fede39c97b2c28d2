import type { Node } from '../ast/node.ts';
import { calleeOf, constructorOf } from './callees.ts';
import type { Callee, Frame } from './frame.ts';
import { literalOf } from './literals.ts';
import { applyRoles } from './roles.ts';
import { assignTo } from './assign.ts';
import { actualsOf, calleeAt, callKnown, settle, type Given } from './callKnown.ts';
import {
  allTaints,
  CLEAN,
  fieldOf,
  join,
  NO_TAINTS,
  union,
  valueOf,
  withField,
  type Taints,
  type Value,
} from './values.ts';

/** Functions that hand what they work on (elements, what comes of a promise) to the function that they get. */
const ITERATES =
  /^(?:(?:map|flatMap|forEach|filter|fold|reduce|onEach)(?:Indexed|NotNull|To)?|filterNot|find|findLast|first|firstOrNull|some|any|all|none|every|then|each|each_with_index|sort|sortBy|sorted|sortedBy|groupBy|associate|associateBy|associateWith|partition|collect|peek|anyMatch|allMatch|use|takeUnless|compactMap|Select|Where|ForEach|SelectMany|Any|All|First|FirstOrDefault|OrderBy|GroupBy|ToDictionary|Aggregate|for_each|and_then|ifPresent|thenApply|thenAccept|thenCompose|subscribe)$/;
/** Functions that hand over the object itself. */
const HANDS_OVER = /^(?:let|also|apply|run|with|takeIf)$/;

/** Methods of an object that is a function, where functions are objects of one method. */
const INVOKES = /^(apply|call|get|run|accept|test|invoke|Invoke|applyAs\w+|getAs\w+)$/;

/** The value of a call, and what its arguments bring to a sink that is the whole call. */
export interface Called {
  readonly value: Value;
  readonly inputs: Taints;
}

export function evaluateCall(frame: Frame, node: Node): Called {
  const { run } = frame;
  const callee = node.part(node.kind === 'new' ? 'type' : 'callee');
  if (callee?.kind === 'identifier' && run.program.unevaluated.has(callee.text))
    return { value: CLEAN, inputs: NO_TAINTS };
  const { object, value: calleeValue } = evaluateCallee(frame, callee, node.kind === 'new');
  const arguments_ = evaluateArguments(frame, node.parts('arguments'));
  for (const member of node.parts('members')) frame.evaluate(member);
  const fields = literalOf(frame, node.parts('fields'));
  let inputs = arguments_.reduce((all, { value }) => union(all, allTaints(value)), allTaints(fields));
  if (object !== undefined) inputs = union(inputs, allTaints(object.value));
  const known =
    callee === undefined || !run.options.taint_intrafile
      ? undefined
      : knownCallee(frame, node, callee, calleeValue, arguments_.length);
  const made = known && callKnown(frame, node, known, arguments_, object);
  if (made !== undefined && known?.isGuess !== true) return { value: withFields(made, fields), inputs };
  if (calleeValue.taints.size > 0 && callee?.kind === 'identifier')
    awaitCallee(frame, node, callee, calleeValue, arguments_);
  const results = callFunctionArguments(frame, node, callee, arguments_, object);
  const { taint_assume_safe_functions: safe, taint_only_propagate_through_assignments: only } = run.options;
  if (safe || only) {
    const value = only ? CLEAN : fields;
    return { value: made === undefined ? value : withFields(made, value), inputs };
  }
  const given = fields === CLEAN ? inputs : gatheredFrom(arguments_);
  const unknown = valueOf(union(union(given, calleeValue.taints), results));
  const result = made === undefined ? unknown : join(made, unknown);
  for (const each of arguments_) giveOut(frame, each.node, result);
  return { value: withFields(result, fields), inputs };
}

function gatheredFrom(given: readonly Given[]): Taints {
  return given.reduce((all, { value }) => union(all, allTaints(value)), NO_TAINTS);
}

/** `new T { A = 1 }`: what the constructor made, with the fields that are set behind it. */
function withFields(made: Value, set: Value): Value {
  let value = set.taints.size === 0 ? made : { ...made, taints: union(made.taints, set.taints) };
  for (const [name, field] of set.fields ?? []) value = withField(value, [name], field);
  return value;
}

/** `f(out x)`: what an unknown call makes is in `x` too. */
function giveOut(frame: Frame, argument: Node, result: Value): void {
  if (argument.kind !== 'unary' || argument.part('operator')?.text !== 'out') return;
  const operand = argument.part('operand');
  if (operand !== undefined) assignTo(frame, operand, result);
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
    frame.run.input.ast.grammar.definition.profile.functionsAreObjects === true;
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
): Callee | undefined {
  if (node.kind === 'new') {
    const made = constructorOf(frame.run.program, callee, count);
    return made === undefined ? frame.run.outside(node) : calleeAt(frame, made);
  }
  const own = calleeOf(frame, callee, value, count);
  if (own === undefined) return frame.run.outside(node);
  return { ...calleeAt(frame, own.callable), isGuess: own.isGuess };
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
  const name = (callee?.kind === 'member' ? callee.part('name') : callee)?.text ?? '';
  const element = handedOver(name, given, object);
  for (const { value } of given) {
    const callable = value.callable === undefined ? undefined : program.callables[value.callable];
    if (callable === undefined || !frame.run.options.taint_intrafile) continue;
    const inside = calleeAt(frame, callable);
    const actuals = actualsOf(
      frame,
      inside,
      callable.parameters.map(() => element),
      undefined,
      node,
    );
    results = union(results, allTaints(settle(frame, inside.summary, actuals)));
  }
  return results;
}

/** What a function given to `name` gets: of `map(f, list)` the list, of `list.map(f)` too. */
function handedOver(name: string, given: readonly Given[], object: Given | undefined): Value {
  const whole = HANDS_OVER.test(name);
  if (!whole && !ITERATES.test(name)) return CLEAN;
  const values = [...(object === undefined ? [] : [object]), ...given]
    .map(({ value }) => value)
    .filter(({ callable }) => callable === undefined);
  const all = values.reduce((one, other) => join(one, other), CLEAN);
  return whole ? all : valueOf(allTaints(all));
}
