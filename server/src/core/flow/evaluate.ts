import type { Node } from '../ast/node.ts';
import { assignTo, bindDeclared } from './assign.ts';
import { evaluateCall } from './calls.ts';
import { THROWN } from './cfg.ts';
import { decide, isDecision, together } from './decide.ts';
import type { Frame } from './frame.ts';
import { literalOf } from './literals.ts';
import { placeOf } from './places.ts';
import { readProperty } from './properties.ts';
import { boundIn } from './program.ts';
import { applyRoles, asTheRuleSays, withTaints } from './roles.ts';
import { isComparison } from './safeTypes.ts';
import { arrive, record } from './sinks.ts';
import type { State } from './state.ts';
import { readPlace } from './store.ts';
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

export const slotRoot = (slot: number): string => `#${slot}`;

/** Evaluates a node: its value, with what the rule's entries make of it. */
export function evaluateNode(frame: Frame, node: Node, fresh = false): Value {
  frame.run.input.spend();
  if (!fresh && frame.cfg.held.has(node.index))
    return asTheRuleSays(frame, node, frame.state.get(slotRoot(node.index)), NO_TAINTS);
  if (isDecision(node)) {
    const ways = decide(frame, node, true);
    frame.state = together(ways);
    return ways.value;
  }
  if (node.kind !== 'call' && node.kind !== 'new')
    return asTheRuleSays(frame, node, compute(frame, node), NO_TAINTS);
  const { value, inputs } = evaluateCall(frame, node);
  return asTheRuleSays(frame, node, value, inputs);
}

function compute(frame: Frame, node: Node): Value {
  const { run } = frame;
  const { options } = run;
  switch (node.kind) {
    case 'identifier': {
      const computed = readProperty(frame, node, undefined);
      if (computed !== undefined) return computed;
      const place = placeOf(run.program, node, frame.callable);
      const value = place === undefined ? CLEAN : readPlace(frame, place);
      return value === CLEAN ? functionNamed(frame, node) : value;
    }
    case 'string':
      return node.children.length === 0 ? CLEAN : valueOf(gather(frame, node.children));
    case 'number':
    case 'regex':
    case 'token':
    case 'break':
    case 'continue':
    case 'goto':
    case 'import':
    case 'genericType':
    case 'pointerType':
    case 'arrayType':
    case 'functionType':
    case 'referenceType':
      return CLEAN;
    case 'member':
      return memberValue(frame, node);
    case 'index': {
      const object = node.part('object');
      const whole = object === undefined ? CLEAN : frame.evaluate(object);
      const indices = gather(frame, node.parts('indices'));
      if (options.taint_only_propagate_through_assignments) return valueOf(allTaints(whole));
      return valueOf(options.taint_assume_safe_indexes ? allTaints(whole) : union(allTaints(whole), indices));
    }
    case 'assign':
      return assignment(frame, node);
    case 'variable':
      return declaration(frame, node);
    case 'expressionStatement':
      return first(frame, node, 'expression');
    case 'yield': {
      const value = first(frame, node, 'value');
      frame.result = join(frame.result, value);
      return value;
    }
    case 'return':
    case 'await':
    case 'keyword':
    case 'spread':
    case 'cast':
      return first(frame, node, 'value');
    case 'throw': {
      const value = first(frame, node, 'value');
      frame.state.set(slotRoot(THROWN), value);
      return value;
    }
    case 'unary':
      return unary(frame, node);
    case 'binary':
      return binary(frame, node);
    case 'record':
    case 'list':
    case 'tuple':
      return literalOf(
        frame,
        node.children.filter(({ role }) => role !== 'type'),
        node.kind === 'tuple',
      );
    case 'pair': {
      const key = node.part('key');
      const keys =
        key !== undefined && key.kind !== 'identifier' ? allTaints(frame.evaluate(key)) : NO_TAINTS;
      const value = first(frame, node, 'value');
      return keys.size === 0 ? value : withTaints(value, keys);
    }
    case 'resource': {
      const value = first(frame, node, 'value');
      const target = node.part('target');
      if (target !== undefined) assignTo(frame, target, value);
      return value;
    }
    case 'function':
    case 'lambda':
      return define(frame, node);
    case 'annotation':
      return CLEAN;
    case 'parameter':
      // Among several, it is a result with a name.
      return node.parent?.kind === 'tuple' ? first(frame, node, 'target') : CLEAN;
    case 'comprehension':
      return comprehension(frame, node);
    default:
      return other(frame, node);
  }
}

function first(frame: Frame, node: Node, role: string): Value {
  const part = node.part(role);
  return part === undefined ? CLEAN : frame.evaluate(part);
}

function gather(frame: Frame, nodes: readonly Node[]): Taints {
  let all = NO_TAINTS;
  for (const node of nodes) all = union(all, allTaints(frame.evaluate(node)));
  return all;
}

/** A function of the file used as a value. */
function functionNamed({ run: { program } }: Frame, node: Node): Value {
  const declared = program.names.declarationOf(node);
  if (declared?.kind !== 'function') return CLEAN;
  // One of several of the name: which one, a call's arguments tell.
  const same = (program.byName.get(node.text) ?? []).filter(
    (each) => program.names.declarationOf(each.node.part('name') ?? each.node) === declared,
  );
  if (same.length > 1) return CLEAN;
  const callable = program.byNode.get(declared.node.index);
  return callable === undefined ? CLEAN : { ...CLEAN, callable: callable.id };
}

function memberValue(frame: Frame, node: Node): Value {
  const object = node.part('object');
  const name = node.part('name');
  const place = placeOf(frame.run.program, node, frame.callable);
  const whole = object === undefined ? CLEAN : frame.evaluate(object);
  const computed = object && readProperty(frame, node, { node: object, value: whole });
  if (computed !== undefined) return computed;
  const field = place?.partly === true ? valueOf(allTaints(whole)) : fieldOf(whole, name?.text ?? '');
  if (place === undefined || object?.kind !== 'identifier') return field;
  // `Config.path` has no object that is a value of its own.
  return join(field, readPlace(frame, place));
}

function assignment(frame: Frame, node: Node): Value {
  const target = node.part('target');
  const valueNode = node.part('value');
  const operator = node.part('operator')?.text ?? '=';
  const compound = !/^(:?=|<-)$/.test(operator);
  if (target === undefined) return first(frame, node, 'value');
  evaluateInside(frame, target);
  const { kind } = target;
  if (!compound && valueNode !== undefined && (kind === 'tuple' || kind === 'list')) {
    const pairs = inPairs(target, valueNode);
    if (pairs !== undefined) {
      const values = pairs.map(([, value]) => frame.evaluate(value));
      pairs.forEach(([part], index) => {
        assignTo(frame, part, values[index] ?? CLEAN);
      });
      return values.reduce((all, value) => join(all, value), CLEAN);
    }
  }
  const value = valueNode === undefined ? CLEAN : frame.evaluate(valueNode);
  const { taint_assume_safe_numbers: numbers } = frame.run.options;
  const stored = numbers && /^[-*/%]=$/.test(operator) ? CLEAN : value;
  assignTo(frame, target, stored, compound);
  return compound ? join(value, readTarget(frame, target)) : value;
}

function readTarget(frame: Frame, target: Node): Value {
  const place = placeOf(frame.run.program, target, frame.callable);
  return place === undefined ? CLEAN : readPlace(frame, place);
}

/** `a, b = c, d`: each target with its value. */
function inPairs(target: Node, value: Node): readonly (readonly [Node, Node])[] | undefined {
  if (value.kind !== 'tuple' && value.kind !== 'list') return undefined;
  const { children: targets } = target;
  const { children: values } = value;
  if (targets.length !== values.length || [...targets, ...values].some(({ kind }) => kind === 'spread'))
    return undefined;
  const pairs: (readonly [Node, Node])[] = [];
  targets.forEach((each, index) => {
    const other = values[index];
    if (other !== undefined) pairs.push([each, other]);
  });
  return pairs;
}

/**
 * What a target stands on is read: the `p` of `p->x = 1` and of `*p = 1`, and calls and indices run. The target itself is not read; a sink that it
 * is gets what it stands on.
 */
function evaluateInside(frame: Frame, target: Node): void {
  if (target.kind === 'identifier') return;
  let standsOn = gather(frame, target.kind === 'index' ? target.parts('indices') : []);
  const object = target.part('object') ?? target.part('operand');
  if (object !== undefined) standsOn = union(standsOn, allTaints(frame.evaluate(object)));
  const sinks = frame.run.marks.byNode.get(target.index)?.sinks ?? [];
  for (const { match } of sinks) arrive(frame, match, standsOn, target);
}

function declaration(frame: Frame, node: Node): Value {
  const target = node.part('target');
  const valueNode = node.part('value');
  let value = valueNode === undefined ? CLEAN : frame.evaluate(valueNode);
  const marks = frame.run.marks.byNode.get(node.index);
  if (valueNode === undefined && marks !== undefined)
    value = applyRoles(frame, node, value, marks, NO_TAINTS);
  if (target === undefined) return value;
  const pairs = valueNode === undefined ? undefined : inPairs(target, valueNode);
  if (pairs === undefined) assignTo(frame, target, value);
  else for (const [part, each] of pairs) assignTo(frame, part, frame.evaluate(each));
  return value;
}

/** Operators that do not give their operand's value; `out` takes one in. */
const TYPE_OPERATORS = /^(typeof|sizeof|alignof|delete|void|out)$/;

function unary(frame: Frame, node: Node): Value {
  const operator = node.part('operator')?.text ?? '';
  const value = first(frame, node, 'operand');
  if (TYPE_OPERATORS.test(operator)) return CLEAN;
  if (operator === '*' || operator === '&' || operator === 'ref') return value;
  if (frame.run.options.taint_only_propagate_through_assignments) return CLEAN;
  return value;
}

function binary(frame: Frame, node: Node): Value {
  const { options } = frame.run;
  const operator = node.part('operator')?.text ?? '';
  const left = first(frame, node, 'left');
  const right = first(frame, node, 'right');
  bindInside(frame, node, operator, left, right);
  if (options.taint_only_propagate_through_assignments) return CLEAN;
  if (isComparison(operator) && options.taint_assume_safe_comparisons) return CLEAN;
  return valueOf(union(allTaints(left), allTaints(right)));
}

/** What an operator stores: `a instanceof T b`, `a is T b` in `b`, `channel <- value` in the channel. */
function bindInside(frame: Frame, node: Node, operator: string, left: Value, right: Value): void {
  const channel = node.part('left');
  if (operator === '<-' && channel !== undefined) assignTo(frame, channel, right, true);
  const pattern = operator === 'instanceof' || operator === 'is' ? node.part('right') : undefined;
  if (pattern !== undefined) bindDeclared(frame, pattern, left);
}

/** A function written here: an inner one is followed from what is known here. */
function define(frame: Frame, node: Node): Value {
  const { run } = frame;
  const callable = run.program.byNode.get(node.index);
  if (callable === undefined) return CLEAN;
  if (callable.inner && !run.isOpen(callable)) {
    const outcome = run.enter(callable, frame.state.fork());
    for (const found of outcome.reached) record(frame.findings, found);
    for (const awaited of outcome.awaited) {
      const known = frame.findings.awaited.get(awaited.sink);
      frame.findings.awaited.set(
        awaited.sink,
        known === undefined ? awaited : { ...awaited, taints: union(known.taints, awaited.taints) },
      );
    }
    // It may run at any time, or never.
    if (node.kind === 'lambda' && node.role === 'arguments') frame.state.join(outcome.exit);
  }
  return { ...CLEAN, callable: callable.id };
}

function comprehension(frame: Frame, node: Node): Value {
  const others: State[] = [];
  for (const clause of node.parts('clauses')) {
    const iterable = clause.part('iterable');
    const target = clause.part('target');
    if (iterable === undefined) {
      const ways = decide(frame, clause.part('condition') ?? clause);
      frame.state = ways.yes;
      if (ways.no !== ways.yes) others.push(ways.no);
      continue;
    }
    const value = frame.evaluate(iterable);
    if (target !== undefined) assignTo(frame, target, valueOf(allTaints(value)));
  }
  const value = valueOf(gather(frame, node.parts('value')));
  for (const other of others) frame.state.join(other);
  return value;
}

/** Syntax that is no construct: as tainted as its parts; the names that it declares are as tainted as the whole. */
function other(frame: Frame, node: Node): Value {
  if (/sizeof|alignof|offsetof|typeof|generic_expression/.test(node.kind)) return CLEAN;
  if (node.kind === 'class') {
    for (const member of node.parts('members')) frame.evaluate(member);
    return CLEAN;
  }
  const parts = node.children.filter(({ kind, role }) => kind !== 'token' && role !== 'type');
  const [only, second] = parts;
  let value: Value;
  if (only !== undefined && second === undefined) value = frame.evaluate(only);
  else if (/comma_expression|sequence_expression/.test(node.kind))
    value = parts.reduce((_, part) => frame.evaluate(part), CLEAN);
  else value = valueOf(gather(frame, parts));
  if (isClean(value) || !node.kind.startsWith(':')) return value;
  const { names } = frame.run.program;
  for (const part of parts) {
    for (const { identifier } of boundIn(part)) {
      if (names.declarationOf(identifier)?.identifier === identifier)
        assignTo(frame, identifier, valueOf(allTaints(value)), true);
    }
  }
  if (node.kind.includes('template') || node.kind === 'template') return value;
  return frame.run.options.taint_only_propagate_through_assignments && second !== undefined ? CLEAN : value;
}

function isClean(value: Value): boolean {
  return value.taints.size === 0 && value.fields === undefined;
}
