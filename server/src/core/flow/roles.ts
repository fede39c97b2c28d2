import type { Node } from '../ast/node.ts';
import type { LabelExpression } from '../rules/formula.ts';
import type { Frame } from './frame.ts';
import { meets } from './labels.ts';
import type { NodeMarks } from './marks.ts';
import { placeOf } from './places.ts';
import { isSafeType } from './safeTypes.ts';
import { arrive, isKnown } from './sinks.ts';
import { weaken, writePlace } from './store.ts';
import {
  allTaints,
  CLEAN,
  NO_TAINTS,
  traceTo,
  union,
  type Taint,
  type Taints,
  type Value,
  mapTaints,
  openKey,
} from './values.ts';

/**
 * The value of a node, with what its type and the rule's entries make of it.
 *
 * @param inputs taints of what a call is given
 */
export function asTheRuleSays(frame: Frame, node: Node, value: Value, inputs: Taints): Value {
  const own = value.taints.size > 0 && isSafeType(frame.run, node) ? { ...value, taints: NO_TAINTS } : value;
  const marks = frame.run.marks.byNode.get(node.index);
  return marks === undefined ? own : applyRoles(frame, node, own, marks, inputs);
}

/** What the rule's entries make of a value: clean it, taint it, pass it on, find it at a sink. */
export function applyRoles(
  frame: Frame,
  node: Node,
  value: Value,
  marks: NodeMarks,
  arguments_: Taints,
): Value {
  let result = value;
  let inputs = arguments_;
  if (marks.sanitizers.length > 0) {
    cleanAfter(frame, node, marks);
    result = CLEAN;
    inputs = NO_TAINTS;
  } else {
    result = withTaints(result, sourceTaints(frame, node, result, marks));
    result = withTaints(result, arrivals(frame, node, marks));
    propagate(frame, node, result, marks);
  }
  for (const { match } of marks.sinks) {
    const sink = frame.run.sinks[match];
    const narrow = sink?.focused === true && sink.spec.exact;
    arrive(frame, match, narrow ? allTaints(result) : union(allTaints(result), inputs), node);
  }
  return result;
}

/** Taints that the sources at a node, or at the target of an assignment, add. */
export function sourceTaints(frame: Frame, node: Node, value: Value, marks: NodeMarks): Taints {
  let added = NO_TAINTS;
  for (const { match, exact } of marks.sources) {
    const source = frame.run.sources[match];
    if (source === undefined) continue;
    const { spec } = source;
    const taint = conditional(
      frame,
      {
        key: `${match}|${spec.label}`,
        label: spec.label,
        origin: { is: 'source', source: match },
        trace: traceTo(undefined, source),
      },
      spec.requires,
      allTaints(value),
    );
    if (taint === undefined) continue;
    const taints: Taints = new Map([[taint.key, taint]]);
    if (spec.control) {
      frame.state.control = union(frame.state.control, taints);
      continue;
    }
    if (spec.bySideEffect !== false && exact) taintAfter(frame, node, taints, spec.exact);
    if (spec.bySideEffect !== 'only') added = union(added, taints);
  }
  return added;
}

/** A taint that counts only with certain labels present: undefined when they are not. */
function conditional(
  frame: Frame,
  taint: Taint,
  requires: LabelExpression | undefined,
  inputs: Taints,
): Taint | undefined {
  if (requires === undefined) return taint;
  const labels = new Set([...inputs.values()].filter(isKnown).map(({ label }) => label));
  if (meets(requires, labels)) return taint;
  if (![...inputs.values()].some((each) => !isKnown(each))) return undefined;
  const { conditions } = frame.run;
  let condition = conditions.indexOf(requires);
  if (condition < 0) condition = conditions.push(requires) - 1;
  return { ...taint, key: openKey(taint.key, inputs), needs: { condition, inputs } };
}

/** The variable that a source means is tainted from here on; of a call, the variables that it gets. */
function taintAfter(frame: Frame, node: Node, taints: Taints, exact: boolean): void {
  const { program } = frame.run;
  const place = placeOf(program, node, frame.callable);
  if (place !== undefined) weaken(frame, place, taints);
  else if (!exact)
    for (const each of changedBy(node)) {
      const inner = placeOf(program, each, frame.callable);
      if (inner !== undefined && !isScalar(frame, each)) weaken(frame, inner, taints);
    }
}

/** What a call or check speaks about. */
function changedBy(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'call':
    case 'new':
      return node.parts('arguments');
    case 'if':
    case 'while': {
      const condition = node.part('condition');
      return condition ? changedBy(condition) : [];
    }
    case 'expressionStatement': {
      const expression = node.part('expression');
      return expression ? changedBy(expression) : [];
    }
    case 'binary':
    case 'unary':
      return [...node.parts('left'), ...node.parts('right'), ...node.parts('operand')].flatMap((each) =>
        each.kind === 'binary' || each.kind === 'unary' || each.kind === 'call' ? changedBy(each) : [each],
      );
    default:
      return [];
  }
}

const SCALAR =
  /^(const )?(unsigned |signed )?(int|long|short|char|size_t|ssize_t|bool|float|double|u?int\d*_t|socklen_t)$/;

/** A number handed over by value cannot be changed by the one who gets it. */
function isScalar(frame: Frame, node: Node): boolean {
  if (node.kind !== 'identifier') return false;
  const declared = frame.run.program.names.declarationOf(node)?.node.part('type');
  return declared?.kind === 'identifier' && SCALAR.test(declared.text);
}

/** A sanitizer by side effect cleans the variable that it means, or those that it gets. */
export function cleanAfter(frame: Frame, node: Node, marks: NodeMarks): void {
  const { program, input } = frame.run;
  const effective = marks.sanitizers.some(
    ({ match, exact }) => exact && input.sanitizers[match]?.spec.bySideEffect === true,
  );
  if (!effective) return;
  frame.state.control = NO_TAINTS;
  const place = placeOf(program, node, frame.callable);
  if (place !== undefined) {
    writePlace(frame, { ...place, partly: false }, CLEAN);
    return;
  }
  for (const each of changedBy(node)) {
    const inner = placeOf(program, each, frame.callable);
    if (inner !== undefined) writePlace(frame, { ...inner, partly: false }, CLEAN);
  }
}

const slotOf = (match: number): string => `p${match}`;

/** What propagators bring to a node from places already passed. */
export function arrivals(frame: Frame, node: Node, marks: NodeMarks): Taints {
  let added = NO_TAINTS;
  for (const { match } of marks.to) {
    const { taints } = frame.state.get(slotOf(match));
    if (taints.size === 0) continue;
    added = union(added, taints);
    if (frame.run.input.propagators[match]?.spec.bySideEffect === true) {
      const place = placeOf(frame.run.program, node, frame.callable);
      if (place !== undefined) weaken(frame, place, taints);
    }
  }
  return added;
}

/** Sends a value on by the propagators that take from its node. */
function propagate(frame: Frame, node: Node, value: Value, marks: NodeMarks): void {
  for (const { match } of marks.from) {
    const propagator = frame.run.input.propagators[match];
    if (propagator === undefined) continue;
    const { spec } = propagator;
    const incoming = allTaints(value);
    const labels = new Set([...incoming.values()].filter(isKnown).map(({ label }) => label));
    let taints = spec.requires === undefined || meets(spec.requires, labels) ? incoming : NO_TAINTS;
    const { label, replaceLabels } = spec;
    if (label !== undefined) {
      taints = mapTaints(taints, (taint) =>
        replaceLabels !== undefined && taint.label !== '' && !replaceLabels.includes(taint.label)
          ? taint
          : relabelled(taint, label),
      );
    }
    taints = mapTaints(taints, (taint) => ({ ...taint, trace: traceTo(taint.trace, node) }));
    frame.state.set(slotOf(match), taints.size === 0 ? CLEAN : { ...CLEAN, taints });
    if (taints.size === 0 || !spec.bySideEffect) continue;
    for (const target of frame.run.marks.targets.get(match) ?? []) {
      const place = placeOf(frame.run.program, target, frame.callable);
      // What stands before has been passed already; what stands behind sees the slot.
      if (place !== undefined) weaken(frame, place, taints);
    }
  }
}

export function relabelled(taint: Taint, label: string): Taint {
  if (taint.label === label) return taint;
  const { origin } = taint;
  const certain = origin.is === 'source' ? `${origin.source}|${label}` : `${taint.key}~${label}`;
  const key = taint.needs === undefined ? certain : openKey(certain, taint.needs.inputs);
  return { ...taint, key, label };
}

export function withTaints(value: Value, taints: Taints): Value {
  const joined = union(value.taints, taints);
  return joined === value.taints ? value : { ...value, taints: joined };
}
